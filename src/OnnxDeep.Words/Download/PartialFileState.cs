using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace OnnxDeep.Words.Download;

/// <summary>
/// The description of the file that an unfinished file is the beginning of, stored beside it as JSON.
/// </summary>
internal sealed record PartialFileState
{
    /// <summary>The address that was requested.</summary>
    public required string Uri { get; init; }

    /// <summary>The server's tag for this version of the file; null if there is no strong tag.</summary>
    public string? ETag { get; init; }

    /// <summary>The time when the file on the server was last modified; null if the server did not state it.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The size of the complete file in bytes; null if the server did not state it.</summary>
    public long? Length { get; init; }

    /// <summary>
    /// The condition that makes the server send the complete file if it has changed; null if there is none.
    /// </summary>
    [JsonIgnore]
    public RangeConditionHeaderValue? Condition =>
        EntityTagHeaderValue.TryParse(ETag, out EntityTagHeaderValue? tag) ? new RangeConditionHeaderValue(tag)
        : LastModified is DateTimeOffset time ? new RangeConditionHeaderValue(time)
        : null;

    /// <summary>Creates the description from the response with the complete file.</summary>
    public static PartialFileState Of(Uri uri, HttpResponseMessage response) => new()
    {
        Uri = uri.AbsoluteUri,
        ETag = StrongTag(response),
        LastModified = response.Content.Headers.LastModified,
        Length = response.Content.Headers.ContentLength,
    };

    /// <summary>
    /// Whether a response to a request for the bytes from an offset contains the rest of the same file.
    /// </summary>
    public bool IsContinuedBy(HttpResponseMessage response, long from) =>
        response.Content.Headers.ContentRange is { Unit: "bytes" } range
        && range.From == from
        && (Length is null || range.Length is null || range.Length == Length)
        && (ETag is null || StrongTag(response) is not string tag || tag == ETag);

    // A weak tag can be the same for files that differ in some bytes.
    private static string? StrongTag(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
}
