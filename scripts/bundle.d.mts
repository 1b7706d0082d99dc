export declare function bundleBot(outfile: string): Promise<unknown>
