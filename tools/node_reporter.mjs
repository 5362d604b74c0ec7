// A reporter of node's own test runner that writes what tools/tally reads: outcome, name, reason, by tabs.
// The built-in JUnit reporter does not exist in every version of Node.js that Greffier builds with.

const line = (...cells) => cells.map((cell) => String(cell ?? '').replace(/\s+/g, ' ').trim()).join('\t') + '\n';

export default async function* report(source) {
    const ancestors = [];   // names of the enclosing tests, by nesting
    for await (const { type, data } of source) {
        if (type === 'test:start') ancestors[data.nesting] = data.name;
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        const suite = data.details?.type === 'suite';
        if (data.skip === 'test name does not match pattern') continue;   // left out by --filter, not skipped
        const failed = type === 'test:fail';
        // A suite fails with its tests: only one that failed by itself counts.
        if (suite && !(failed && data.details?.error?.failureType !== 'subtestsFailed')) continue;
        const name = [...ancestors.slice(0, data.nesting), data.name].join(' > ');
        if (data.skip !== undefined && data.skip !== false) yield line('skipped', name, data.skip === true ? '' : data.skip);
        else if (data.todo !== undefined && data.todo !== false) yield line('skipped', name, `to do ${data.todo === true ? '' : data.todo}`);
        else if (failed) yield line('failed', name, data.details?.error?.cause?.message ?? data.details?.error?.message);
        else yield line('passed', name);
    }
}
