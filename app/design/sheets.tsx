import { StripCompact } from '@/components/strip/strip-compact';
import { Button } from '@/components/ui/button';
import { Code, Id } from '@/components/ui/code';
import { type Column, DataTable } from '@/components/ui/data-table';
import { DensitySwitch } from '@/components/ui/density-switch';
import { FactList, Facts } from '@/components/ui/facts';
import { Num } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { Table, Td, Th } from '@/components/ui/table';
import { addStrips, stripTotal } from '@/lib/domain/strip';
import { RUNS } from './samples';

type Run = (typeof RUNS)[number];
const MINUTE_MS = 60_000;

const COLUMNS: Column<Run>[] = [
  { key: 'name', header: 'Campaign', cell: ({ name }) => name, sortable: true },
  { key: 'status', header: 'State', cell: ({ status }) => <Stamp status={status} /> },
  { key: 'progress', header: 'Progress', cell: ({ counts }) => <StripCompact counts={counts} bare />, width: '22%' },
  {
    key: 'failed',
    header: 'Failed',
    align: 'right',
    sortable: true,
    cell: ({ counts }) => <Num value={counts.failed} faintZero />,
    total: <Num value={addStrips(...RUNS.map(({ counts }) => counts)).failed} />,
  },
  {
    key: 'audience',
    header: 'Audience',
    align: 'right',
    sortable: true,
    cell: ({ counts }) => <Num value={stripTotal(counts)} />,
    total: <Num value={stripTotal(addStrips(...RUNS.map(({ counts }) => counts)))} />,
  },
  { key: 'rate', header: 'Per min', align: 'right', from: 'lg', cell: ({ rate }) => <Num value={rate} faintZero /> },
  {
    key: 'started',
    header: 'Started',
    align: 'right',
    sortable: true,
    cell: ({ minutesAgo }) => (
      <RelativeTime at={Date.now() - minutesAgo * MINUTE_MS} className="relative z-[1] text-ink-soft" />
    ),
  },
];

export function Sheets() {
  return (
    <div className="flex flex-col gap-12">
      <div>
        <PageHeader
          title="Phone launch"
          trail={[
            { label: 'Runs', href: '/runs' },
            { label: 'Phone launch', href: '/campaigns/cmp_1' },
          ]}
          stamp={<Stamp status="paused" size="md" />}
          description={
            <span className="flex flex-wrap items-center gap-x-3">
              <Id value="run_01jd5k3q8w4r2t9z" of="run id" />
              <span>
                started <RelativeTime at={Date.now() - 6 * MINUTE_MS} /> by Ines Carvalho
              </span>
            </span>
          }
          actions={
            <>
              <Button variant="dangerQuiet">Cancel run</Button>
              <Button variant="primary">Resume 744</Button>
            </>
          }
        />
        <Facts
          facts={[
            { label: 'Audience', value: <Num value={2000} /> },
            { label: 'Wave', value: '3 of 4', note: 'next when you open the gate' },
            { label: 'Rate', value: <Num value={212} />, note: 'per minute' },
            { label: 'Done at', value: 'about 10:42' },
          ]}
        />
      </div>
      <Facts
        size="lg"
        facts={[
          { label: 'Accepted', value: <Num value={1_204_310} />, note: '92.4% of the audience' },
          { label: 'Delivered', value: <Num value={1_198_002} /> },
          { label: 'Opened by people', value: <Num value={402_118} />, note: '190,220 more by machines' },
          { label: 'Unsubscribed', value: <Num value={212} /> },
        ]}
      />
      <div>
        <div className="flex items-center justify-between gap-4 pb-3">
          <span className="text-ink-soft">Runs of the last 30 days</span>
          <DensitySwitch />
        </div>
        <DataTable
          label="Runs"
          columns={COLUMNS}
          rows={[...RUNS]}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/runs/${id}`}
          sort={{ key: 'started', direction: 'desc', hrefFor: (key, direction) => `?sort=${key}&dir=${direction}` }}
        />
        <Pagination previousHref={null} nextHref="?after=x" summary="5 of 128 runs" />
      </div>
      <Table aria-label="Attempts">
        <thead>
          <tr>
            <Th>Attempt</Th>
            <Th>Provider said</Th>
            <Th align="right">Took</Th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <Td>1</Td>
            <Td>
              <Code>451 4.7.1</Code> try again later
            </Td>
            <Td align="right">
              <Num value={312} /> ms
            </Td>
          </tr>
        </tbody>
      </Table>
      <FactList
        facts={[
          { label: 'Contact', value: 'Ada Lindqvist' },
          { label: 'Provider', value: 'Resend', note: 'eu-west-1' },
          {
            label: 'Provider said',
            value: <span className="font-mono text-xs">550 5.1.1 mailbox does not exist</span>,
          },
        ]}
      />
    </div>
  );
}
