import type { Plugin } from 'esbuild'

export declare const packLibraryFiles: Plugin
