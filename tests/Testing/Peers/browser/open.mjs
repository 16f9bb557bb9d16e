// Opens a page in Chromium and prints the lines that its promise `report` comes to: open.mjs CHROMIUM URL

import { chromium } from 'playwright-core';

const [executablePath, url] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
try {
  const page = await browser.newPage();
  const broken = new Promise((_, reject) => page.on('pageerror', reject));
  page.on('console', (message) => console.error(message.text()));
  await page.goto(url);
  for (const line of await Promise.race([page.evaluate('report'), broken])) console.log(line);
} finally {
  await browser.close();
}
