import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ['postgres', 'nodemailer', 'smtp-server', 'inngest'],
  experimental: { serverActions: { bodySizeLimit: '12mb' } },
};

export default nextConfig;
