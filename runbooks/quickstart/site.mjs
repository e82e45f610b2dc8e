/**
 * A site on this machine: servers that have a color, a proxy that sends all visitors to one of them, and visitors.
 *
 * What should run stands in one file; `open` runs it, and follows the file. The other commands change the file and wait
 * until it is so, which makes each of them safe to repeat; while the site is closed they only change the file.
 */
import { existsSync } from "node:fs";
import { openSite } from "./site/open-site.mjs";
import { deleteSite, readSite, siteFile, writeSite } from "./site/site-file.mjs";
import { isOpen, untilAnswers, untilGone } from "./site/until.mjs";

const usage = `node site.mjs create PROXY-PORT BLUE-PORT GREEN-PORT   a site in which blue v1.0.0 serves
node site.mjs open                                   runs it, until it is ended
node site.mjs start COLOR VERSION                    starts a server beside the others
node site.mjs switch COLOR                           sends all visitors to it
node site.mjs break COLOR                            lets it fail, once it has served a hundred visitors
node site.mjs stop COLOR                             stops a server that serves nobody
node site.mjs delete                                 deletes the site

switch and stop with --if-there: a site that is gone needs neither`;

const commands = {
  create(proxy, blue, green) {
    writeSite({
      ports: { proxy: Number(proxy), blue: Number(blue), green: Number(green) },
      servers: { blue: { version: "v1.0.0" } },
      serving: "blue",
    });
    console.log("blue v1.0.0 serves as soon as the site is open");
  },

  open: openSite,

  async start(color, version) {
    const site = readSite();
    site.servers[color] = { version };
    writeSite(site);
    if (!(await isOpen(site))) return console.log(`the site is closed: ${color} ${version} starts when it opens`);
    await untilAnswers(site.ports[color], ({ served }) => served === `${color} ${version}`);
    console.log(`${color} ${version} answers on http://127.0.0.1:${site.ports[color]}`);
  },

  async switch(color) {
    const site = readSite();
    if (!site.servers[color]) throw new Error(`there is no ${color} to switch to`);
    site.serving = color;
    writeSite(site);
    if (!(await isOpen(site))) return console.log(`the site is closed: ${color} serves when it opens`);
    await untilAnswers(site.ports.proxy, ({ served }) => served.startsWith(color));
    console.log(`the proxy points to ${color} ${site.servers[color].version}`);
  },

  break(color) {
    const site = readSite();
    site.servers[color].failsAfter = 100;
    writeSite(site);
    console.log(`${color} will fail, once it has served ${site.servers[color].failsAfter} visitors`);
  },

  async stop(color) {
    const site = readSite();
    if (site.serving === color) throw new Error(`${color} serves the visitors; switch them to another one first`);
    delete site.servers[color];
    writeSite(site);
    if (await isOpen(site)) await untilGone(site.ports[color]);
    console.log(`${color} is stopped`);
  },

  delete() {
    deleteSite();
    console.log("the site is deleted");
  },
};

const [name = "", ...words] = process.argv.slice(2);
const args = words.filter((word) => word !== "--if-there");
try {
  if (!Object.hasOwn(commands, name)) throw new Error(usage);
  if (args.length < words.length && !existsSync(siteFile)) console.log("the site is gone: there is nothing to do");
  else await commands[name](...args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
