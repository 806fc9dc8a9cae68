import { describe, expect, it } from 'vitest';
import { GroupPace } from './group-pace';

describe('the size of a group', () => {
  it('grows while whole groups leave in an instant, up to its most', () => {
    const pace = new GroupPace(20, 80);
    pace.took(20, 5);
    expect(pace.size).toBe(40);
    for (let n = 0; n < 5; n++) pace.took(pace.size, 5);
    expect(pace.size).toBe(80);
  });

  it('does not grow for a rest that was smaller than it', () => {
    const pace = new GroupPace(20, 80);
    pace.took(3, 1);
    expect(pace.size).toBe(20);
  });

  it('shrinks again when the relay slows down, so that little is in doubt if the process dies', () => {
    const pace = new GroupPace(20, 80);
    for (let n = 0; n < 3; n++) pace.took(pace.size, 5);
    for (let n = 0; n < 5; n++) pace.took(pace.size, 400);
    expect(pace.size).toBe(20);
  });
});
