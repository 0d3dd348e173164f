using System.Globalization;

namespace OnnxDeep.Tests;

/// <summary>What a <see cref="LoopbackServer"/> answers, and how it misbehaves.</summary>
internal sealed record LoopbackReply(int Status, byte[] Body)
{
    public LoopbackReply(int status, string? location = null)
        : this(status, []) => Headers = location is null ? [] : [$"Location: {location}"];

    public string[] Headers { get; init; } = [];

    /// <summary>What Content-Length promises; negative leaves the header out.</summary>
    public long Length { get; init; } = Body.Length;

    public bool IsChunked { get; init; }

    /// <summary>After so many bytes of the body the line is cut.</summary>
    public int CutAfter { get; init; } = int.MaxValue;

    /// <summary>After so many bytes of the body nothing more comes.</summary>
    public int StallAfter { get; init; } = int.MaxValue;

    /// <summary>As an honest server answers: all of it, or the rest of this very version.</summary>
    public static LoopbackReply File(LoopbackRequest request, byte[] body, string? etag = "\"v1\"")
    {
        string[] headers = etag is null ? [] : [$"ETag: {etag}"];
        if (request.Range is not string range || (request.IfRange is string condition && condition != etag))
        {
            return new LoopbackReply(200, body) { Headers = headers };
        }

        int from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return from < body.Length
            ? new LoopbackReply(206, body[from..])
            {
                Headers = [.. headers, $"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}"],
            }
            : new LoopbackReply(416, []) { Headers = [$"Content-Range: bytes */{body.Length}"] };
    }
}
