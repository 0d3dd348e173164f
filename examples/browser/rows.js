// Opens a model that takes words between their rows and the layers that follow, so that a term of several words can have
// the mean of their rows. Protocol buffers are a series of fields; one that occurs twice is merged, so new parts are
// appended.

const MODEL_GRAPH = 7;
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, operator: 4 };
const TENSOR = { dimensions: 1, type: 2, name: 8 };
const FLOAT = 1;
const text = new TextDecoder();

/**
 * Returns { bytes, input, output, units }: a copy whose output has the rows [N, units] of the words, and whose input
 * takes the rows [N, units] that are classified instead; null if the model has no such rows.
 */
export function openRows(model) {
  for (const graph of fieldsOf(model).filter(({ number }) => number === MODEL_GRAPH)) {
    const parts = fieldsOf(graph.bytes);
    const tables = new Map(parts.filter(({ number }) => number === GRAPH.initializer).map(readTable));
    for (const node of parts.filter(({ number }) => number === GRAPH.node).map(({ bytes }) => fieldsOf(bytes))) {
      const name = number => node.find(field => field.number === number)?.bytes ?? new Uint8Array();
      const units = tables.get(text.decode(name(NODE.input)));
      if (text.decode(name(NODE.operator)) === 'Gather' && units) {
        return split(model, name(NODE.output), units);
      }
    }
  }

  return null;
}

// The node gets another name of the same length for its output; what follows then takes the new input.
function split(model, name, units) {
  const bytes = model.slice();
  const input = text.decode(name);
  const offset = name.byteOffset - model.byteOffset;
  bytes[offset + name.length - 1] = '#'.charCodeAt(0);
  const output = text.decode(bytes.subarray(offset, offset + name.length));
  const shape = [...field(1, field(2, 'N')), ...field(1, [1 << 3, ...varint(units)])];
  const type = field(1, [1 << 3, FLOAT, ...field(2, shape)]);
  const added = field(MODEL_GRAPH, [
    ...field(GRAPH.input, [...field(1, input), ...field(2, type)]),
    ...field(GRAPH.output, [...field(1, output), ...field(2, type)]),
  ]);
  const all = new Uint8Array(bytes.length + added.length);
  all.set(bytes);
  all.set(added, bytes.length);
  return { bytes: all, input, output, units };
}

// The name of a tensor and, if it is a matrix of floats, the number of its columns.
function readTable({ bytes }) {
  const fields = fieldsOf(bytes);
  const name = text.decode(fields.find(({ number }) => number === TENSOR.name)?.bytes);
  const type = fields.find(({ number }) => number === TENSOR.type)?.value;
  const dimensions = fields.filter(({ number }) => number === TENSOR.dimensions)
    .flatMap(({ value, bytes }) => bytes ? readAll(bytes) : [value]);
  return [name, type === FLOAT && dimensions.length === 2 ? dimensions[1] : 0];
}

function fieldsOf(bytes) {
  const fields = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, start] = read(bytes, at);
    const number = Math.floor(tag / 8);
    const kind = tag % 8;
    const [value, end] = kind === 0 || kind === 2 ? read(bytes, start) : [0, start + (kind === 1 ? 8 : 4)];
    at = kind === 2 ? end + value : end;
    fields.push(kind === 2 ? { number, bytes: bytes.subarray(end, at) } : { number, value });
  }

  return fields;
}

function readAll(bytes) {
  const values = [];
  for (let at = 0; at < bytes.length;) {
    const [value, end] = read(bytes, at);
    values.push(value);
    at = end;
  }

  return values;
}

function read(bytes, at) {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    value += (byte % 128) * scale;
    if (byte < 128) {
      return [value, at];
    }
  }
}

function field(number, content) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

function varint(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
