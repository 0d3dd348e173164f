using System.Globalization;

namespace OnnxDeep.Tests;

/// <summary>A reply of a <see cref="LoopbackServer"/>, including how it misbehaves.</summary>
internal sealed record LoopbackReply(int Status, byte[] Body)
{
    public LoopbackReply(int status, string? location = null)
        : this(status, []) => Headers = location is null ? [] : [$"Location: {location}"];

    public string[] Headers { get; init; } = [];

    /// <summary>The value of Content-Length; negative to omit the header.</summary>
    public long Length { get; init; } = Body.Length;

    public bool IsChunked { get; init; }

    /// <summary>The number of body bytes after which the connection is closed.</summary>
    public int CutAfter { get; init; } = int.MaxValue;

    /// <summary>The number of body bytes after which no more data is sent.</summary>
    public int StallAfter { get; init; } = int.MaxValue;

    /// <summary>
    /// Creates the reply of a correct server: the complete file, or the rest of it if the version matches.
    /// </summary>
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
