// What happens to the disk.

import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, rmdirSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const ofDisk = [
  {
    name: "the disk is full for a while",
    stores: ["sqlite"],
    brief: ["sqlite"],
    needs: () => process.getuid() !== 0 && "only root may mount a small disk",
    disk: true,
    async run({ world, load, isBrief }) {
      for (let times = isBrief ? 1 : 5; times > 0; times -= 1) {
        await sleep(500);
        const ballast = join(world.disk, "ballast");
        fill(world.disk, ballast);
        for (let looks = isBrief ? 20 : 60; looks > 0; looks -= 1) {
          await sleep(100);
          // A service manager starts again what gave up; it may give up again as long as the disk is full.
          if (world.relay.hasEnded) world.relay.launch();
        }
        rmSync(ballast);
        await world.relay.startWhereItEnded();
      }
      return load.unserved.includes(503) ? [] : ["nobody was told that nothing could be written"];
    },
  },
];

/** A disk of its own that is soon full. */
export function smallDisk(t) {
  const folder = mkdtempSync(join(tmpdir(), "omneo-small-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]);
  t.after(() => {
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  });
  return folder;
}

// To the last block, while the relay writes too.
function fill(folder, file) {
  for (let free; (free = freeBytes(folder)) > 0; ) {
    try {
      appendFileSync(file, Buffer.alloc(free));
    } catch ({ code }) {
      if (code !== "ENOSPC") throw new Error(`the disk could not be filled: ${code}`);
    }
  }
}

function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
