using OnnxDeep.Words.Formats.Archives;
using OnnxDeep.Words.Formats.Arrays;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>
/// Reads a spaCy model whose rows belong to floret's n-grams: every word has a vector, but none has its own row.
/// </summary>
internal sealed class SpacyFloretReader(
    IModelMembers members,
    SpacyMeta meta,
    Stream stream,
    string path,
    FloatRows rows,
    SubwordOptions options) : IVectorReader
{
    public string Format => "spaCy floret vectors";

    public string? Name => meta.Name;

    public int Dimensions => rows.Dimensions;

    public long BytesRead => members.BytesRead;

    public long TotalBytes => members.TotalBytes;

    public void ReadTo(VectorSink sink)
    {
        sink.Path = path;
        sink.BeginNgrams(options);
        float[] vector = new float[Dimensions];
        for (long row = 0; row < rows.Count; row++)
        {
            long offset = rows.Offset;
            rows.Read(vector);
            sink.AddNgram(vector, offset);
        }

        sink.Unread = rows.SkipRest(sink.Stop);
    }

    public void Dispose()
    {
        stream.Dispose();
        members.Dispose();
    }
}
