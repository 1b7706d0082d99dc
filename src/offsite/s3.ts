import { createReadStream } from 'node:fs'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { writeHashed } from '../backup/durable.ts'
import { type EnvFile, requireEnv } from '../env/env-file.ts'
import type { OffsiteSettings } from '../fleet/offsite-settings.ts'
import type { OffsiteTarget } from './target.ts'

/** S3 takes at most 10 000 parts: files up to 160 GB. */
const PART_BYTES = 16 * 1024 * 1024

/** A bucket of S3, or of whatever speaks its language. */
export function s3Target(settings: OffsiteSettings & { type: 's3' }, env: EnvFile): OffsiteTarget {
  const { endpoint, region, bucket, prefix, pathStyle } = settings
  // It would tell the operator of a coming version that asks for a later Node.js; ours is pinned.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
  const client = new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint }),
    forcePathStyle: pathStyle,
    credentials: {
      accessKeyId: requireEnv(env, 'OFFSITE_S3_ACCESS_KEY_ID'),
      secretAccessKey: requireEnv(env, 'OFFSITE_S3_SECRET_ACCESS_KEY'),
    },
    // Servers other than Amazon's know no checksum behind the body; what counts is read back in any case.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (key: string) => (prefix === '' ? key : `${prefix}/${key}`)
  return {
    async list(folder) {
      const inside = at(folder === '' ? '' : `${folder}/`)
      const names: string[] = []
      let token: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: inside,
            Delimiter: '/',
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        )
        const keys = [...(page.Contents ?? []), ...(page.CommonPrefixes ?? [])].map((one) =>
          'Key' in one ? one.Key : 'Prefix' in one ? one.Prefix : undefined,
        )
        names.push(...keys.flatMap((key) => key?.slice(inside.length).replace(/\/$/, '') || []))
        token = page.NextContinuationToken
      } while (token !== undefined)
      return names
    },
    async put(key, file) {
      // An upload that fails takes its parts back; one whose process dies leaves them, and shows no object.
      await new Upload({
        client,
        params: { Bucket: bucket, Key: at(key), Body: createReadStream(file) },
        partSize: PART_BYTES,
        queueSize: 2,
      }).done()
    },
    async get(key, file) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: at(key) }))
      if (!Body) throw new Error(`${key} has no body`)
      await writeHashed(file, Body as AsyncIterable<Buffer>)
    },
  }
}
