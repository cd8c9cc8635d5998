// Fetches the packages that ./package.json lists into a folder, and compares each with its digest there.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const { dependencies, integrity } = JSON.parse(readFileSync("package.json", "utf8"));

for (const [name, version] of Object.entries(dependencies)) {
    const file = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder, `${name}@${version}`], { encoding: "utf8" }).trim();
    const digest = `sha512-${createHash("sha512").update(readFileSync(join(folder, file))).digest("base64")}`;
    if (digest !== integrity?.[name]) {
        console.error(`${name} ${version} is not the package that was listed.\n  listed:  ${integrity?.[name]}\n  fetched: ${digest}`);
        process.exit(1);
    }
}
