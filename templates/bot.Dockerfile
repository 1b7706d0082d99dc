# The image of the bots: Node.js and one file. Its build needs no network beyond the base image.
FROM __nodeImage__
COPY --chown=0:0 bot.mjs /app/bot.mjs
ENV NODE_ENV=production
WORKDIR /app
USER node
ENTRYPOINT ["node", "bot.mjs"]
