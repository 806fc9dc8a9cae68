'use client';

import { usePathname } from 'next/navigation';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { later } from '@/components/ui/later';

const load = later(async () => ({ default: (await import('@/components/ui/sheet')).Sheet }));
const Sheet = lazy(load);

interface MenuSheetProps {
  /** The button's class and what stands in it. */
  className: string;
  icon: ReactNode;
  children: ReactNode;
}

/** Opens the navigation as a sheet; following a link of it puts it away. */
export function MenuSheet({ className, icon, children }: MenuSheetProps) {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const open = openAt === pathname;
  return (
    <>
      <button
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void load()}
        onClick={() => {
          setOpenAt(pathname);
          setWasOpened(true);
        }}
        className={className}
      >
        {icon}
      </button>
      {wasOpened && (
        <Suspense>
          <Sheet
            side="left"
            title="Menu"
            open={open}
            onOpenChange={(next) => setOpenAt(next ? pathname : null)}
            className="w-72 max-w-[85vw]"
          >
            <div className="-mx-3 -mt-3 flex flex-col gap-3">{children}</div>
          </Sheet>
        </Suspense>
      )}
    </>
  );
}
