import type { Plugin } from 'esbuild'

export declare const packLocales: Plugin
