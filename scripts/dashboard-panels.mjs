// Draws panels of a Grafana dashboard as SVG: numbers, and curves over time.
const COLORS = [
  '#73bf69',
  '#5794f2',
  '#f2cc0c',
  '#ff9830',
  '#f2495c',
  '#b877d9',
  '#8ab8ff',
  '#96d98d',
];
const NAMED = { green: '#73bf69', yellow: '#f2cc0c', red: '#f2495c', blue: '#5794f2' };

const COLUMN_PX = 42;
const ROW_PX = 23;
const GAP_PX = 8;
const LABELS_PX = 46;
const TITLE_PX = 30;
/** A line of the legend, which has two names. */
const LEGEND_PX = 15;

const STYLE = `
  * { box-sizing: border-box; margin: 0; font-family: Inter, Roboto, "DejaVu Sans", Arial, sans-serif; }
  body { background: #111217; color: #ccccdc; padding: 16px 20px; width: 1058px; }
  h1 { font-size: 17px; font-weight: 500; margin-bottom: 12px; }
  .grid { position: relative; }
  .panel { position: absolute; background: #181b1f; border: 1px solid #2a2d33; border-radius: 3px; overflow: hidden; }
  h2 { font-size: 12.5px; font-weight: 500; padding: 7px 10px; }
  .stat { font-size: 32px; font-weight: 500; text-align: center; padding-top: 2px; }
  .legend { font-size: 10.5px; padding: 0 10px; line-height: 15px; }
  .legend i { display: inline-block; width: 11px; height: 3px; margin: 0 4px 3px 0; border-radius: 2px; }
  .legend span { margin-right: 10px; white-space: nowrap; display: inline-block; }
  svg line, svg rect, svg .area { shape-rendering: crispEdges; }
  svg text { fill: #9a9bab; font-size: 10px; }
`;

/** A page with a dashboard. */
export function pageOf({ title, panels }, drawn) {
  const bottom = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h)) * ROW_PX;
  return `<style>${STYLE}</style><h1>${escaped(title)}</h1><div class="grid" style="height:${bottom}px">${drawn}</div>`;
}

/** @param panel With its `series`. */
export function drawPanel(panel, range) {
  const { x, y, w, h } = panel.gridPos;
  const [width, height] = [w * COLUMN_PX + 2 - GAP_PX, h * ROW_PX - GAP_PX];
  const content = panel.type === 'stat' ? stat(panel) : curves(panel, range, width, height);
  const style = `left:${x * (COLUMN_PX + 0.6)}px;top:${y * ROW_PX}px;width:${width}px;height:${height}px`;
  return `<div class="panel" style="${style}"><h2>${escaped(panel.title)}</h2>${content}</div>`;
}

function stat({ series, fieldConfig: { defaults } }) {
  const value = series[0]?.points.at(-1)?.value ?? NaN;
  const step = defaults.thresholds.steps.findLast(
    ({ value: from }) => from === null || value >= from,
  );
  const text = Number.isFinite(value) ? shown(value, defaults) : defaults.noValue;
  return `<div class="stat" style="color:${NAMED[step.color]}">${escaped(text)}</div>`;
}

function curves({ series, fieldConfig: { defaults } }, { from, to, step }, width, height) {
  const { drawStyle, stacking } = defaults.custom;
  const lines = stacking.mode === 'normal' ? stacked(series) : series;
  const values = lines
    .flatMap(({ points }) => points.map(({ value }) => value))
    .filter(Number.isFinite);
  const top = defaults.max ?? niceTop(Math.max(0, ...values));
  const area = {
    width: width - LABELS_PX - 12,
    height: height - TITLE_PX - LEGEND_PX * Math.ceil(series.length / 2) - 30,
  };
  const atX = (time) => LABELS_PX + ((time - from) / (to - from)) * area.width;
  const atY = (value) => 6 + (1 - value / top) * area.height;
  const ticks = [0, 0.5, 1].map((share) => {
    const y = atY(share * top);
    const label = shown(share * top, defaults);
    return `<line x1="${LABELS_PX}" x2="${width - 12}" y1="${y}" y2="${y}" stroke="#2a2d33"/><text x="${LABELS_PX - 6}" y="${y + 3}" text-anchor="end">${label}</text>`;
  });
  const times = [0, 1, 2].map((half) => {
    const seconds = Math.round(((to - from) * half) / 2);
    const label = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const anchor = half === 2 ? 'end' : 'middle';
    return `<text x="${atX(from + seconds)}" y="${area.height + 20}" text-anchor="${anchor}">${label}</text>`;
  });
  const draw = drawStyle === 'bars' ? bars : line;
  // A stack is drawn from its top.
  const drawn = lines
    .map(({ points }, index) =>
      draw(points, COLORS[index % COLORS.length], {
        atX,
        atY,
        step,
        fill: stacking.mode === 'normal',
      }),
    )
    .toReversed();
  const legend = series.map(
    ({ name }, index) =>
      `<span><i style="background:${COLORS[index % COLORS.length]}"></i>${escaped(name)}</span>`,
  );
  const empty =
    series.length > 0
      ? ''
      : `<text x="${width / 2}" y="${area.height / 2}" text-anchor="middle">No data</text>`;
  return `<svg width="${width}" height="${area.height + 24}">${[...ticks, ...times, ...drawn].join('')}${empty}</svg><div class="legend">${legend.join('')}</div>`;
}

/** Each series on top of those before it. */
function stacked(series) {
  const heights = new Map();
  return series.map((each) => ({
    ...each,
    points: each.points.map(({ time, value }) => {
      const height = (heights.get(time) ?? 0) + value;
      heights.set(time, height);
      return { time, value: height };
    }),
  }));
}

function line(points, color, { atX, atY, step, fill }) {
  let [path, last] = ['', -Infinity];
  const known = points.filter(({ value }) => Number.isFinite(value));
  for (const { time, value } of known) {
    path += `${time - last > step * 1.5 ? 'M' : 'L'}${atX(time).toFixed(1)} ${atY(value).toFixed(1)}`;
    last = time;
  }
  if (known.length === 0) return '';
  const closed = `${path}L${atX(known.at(-1).time)} ${atY(0)}L${atX(known[0].time)} ${atY(0)}Z`;
  const area = fill
    ? `<path class="area" d="${closed}" fill="#181b1f"/><path class="area" d="${closed}" fill="${color}" opacity="0.18"/>`
    : '';
  return `${area}<path d="${path}" fill="none" stroke="${color}" stroke-width="1.6"/>`;
}

function bars(points, color, { atX, atY, step }) {
  return points
    .filter(({ value }) => value > 0)
    .map(({ time, value }) => {
      const x = atX(time);
      return `<rect x="${x.toFixed(1)}" y="${atY(value).toFixed(1)}" width="${(atX(time + step) - x - 0.6).toFixed(1)}" height="${(atY(0) - atY(value)).toFixed(1)}" fill="${color}"/>`;
    })
    .join('');
}

/** The next higher 1, 2, 4 or 8 of a power of ten. */
function niceTop(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 8, 10].map((each) => each * power).find((each) => each >= value);
}

/** A value in the unit of its panel. */
function shown(value, { unit, decimals }) {
  if (unit === 'percentunit') return `${Math.round(value * 100)} %`;
  if (unit === 's')
    return value < 1 && value > 0 ? `${trimmed(value * 1000)} ms` : `${trimmed(value)} s`;
  return trimmed(decimals === 0 ? Math.round(value) : value);
}

function trimmed(value) {
  return String(Number(value.toPrecision(3)));
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
