'use client';

import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Strip } from '@/components/strip/strip';
import { Button } from '@/components/ui/button';
import { EMPTY_STRIP, type StripCounts } from '@/lib/domain/strip';

const START: StripCounts = { ...EMPTY_STRIP, waiting: 2000 };

function advance(counts: StripCounts): StripCounts {
  if (counts.waiting === 0) return START;
  const sent = Math.min(counts.waiting, 90);
  const failed = Math.min(sent, 2);
  return {
    ...counts,
    accepted: counts.accepted + sent - failed,
    failed: counts.failed + failed,
    waiting: counts.waiting - sent,
  };
}

export function StripLive() {
  const [counts, setCounts] = useState(START);
  const [going, setGoing] = useState(false);

  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => setCounts(advance), 400);
    return () => clearInterval(timer);
  }, [going]);

  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <span className="font-medium">As it grows</span>
        <Button size="sm" onClick={() => setGoing(!going)}>
          {going ? <Pause /> : <Play />}
          {going ? 'Pause' : 'Send to 2,000'}
        </Button>
      </div>
      <Strip counts={counts} label="A run as it grows" />
    </div>
  );
}
