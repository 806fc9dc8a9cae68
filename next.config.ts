import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // npm run check does the types; a build into a folder of its own need not do them again
  typescript: { ignoreBuildErrors: Boolean(process.env.NEXT_DIST_DIR) },
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ['postgres', 'nodemailer', 'smtp-server', 'inngest'],
  // pages are loaded with their first visitor, so that the server answers a second earlier
  experimental: { preloadEntriesOnStart: false, serverActions: { bodySizeLimit: '12mb' } },
};

export default nextConfig;
