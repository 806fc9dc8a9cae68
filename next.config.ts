import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  serverExternalPackages: ['postgres', 'nodemailer', 'smtp-server', 'inngest'],
  experimental: { serverActions: { bodySizeLimit: '12mb' } },
};

export default nextConfig;
