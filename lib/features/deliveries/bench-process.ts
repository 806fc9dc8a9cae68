import { benchDispatch, type DispatchBenchOptions } from '@/lib/features/deliveries/bench';

/** The bench in a process of its own, bundled as the worker is; runs a round for each message of its parent. */
process.on('message', (options: DispatchBenchOptions) => {
  benchDispatch(options).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
