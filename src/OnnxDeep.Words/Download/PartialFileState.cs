using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace OnnxDeep.Words.Download;

/// <summary>What an unfinished file is the beginning of; stands beside it as JSON.</summary>
internal sealed record PartialFileState
{
    /// <summary>The address that was asked for.</summary>
    public required string Uri { get; init; }

    /// <summary>The server's tag of this version of the file; null where it gave none that can be relied on.</summary>
    public string? ETag { get; init; }

    /// <summary>When the server's file was changed; null where it did not say.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The whole file's size in bytes; null where the server did not say.</summary>
    public long? Length { get; init; }

    /// <summary>What makes the server send the whole file where it has changed; null where nothing does.</summary>
    [JsonIgnore]
    public RangeConditionHeaderValue? Condition =>
        EntityTagHeaderValue.TryParse(ETag, out EntityTagHeaderValue? tag) ? new RangeConditionHeaderValue(tag)
        : LastModified is DateTimeOffset time ? new RangeConditionHeaderValue(time)
        : null;

    /// <summary>Takes it from the answer that brings the whole file.</summary>
    public static PartialFileState Of(Uri uri, HttpResponseMessage response) => new()
    {
        Uri = uri.AbsoluteUri,
        ETag = StrongTag(response),
        LastModified = response.Content.Headers.LastModified,
        Length = response.Content.Headers.ContentLength,
    };

    /// <summary>
    /// Whether an answer to a request for the rest, from this byte on, brings the rest of this very file.
    /// </summary>
    public bool IsContinuedBy(HttpResponseMessage response, long from) =>
        response.Content.Headers.ContentRange is { Unit: "bytes" } range
        && range.From == from
        && (Length is null || range.Length is null || range.Length == Length)
        && (ETag is null || StrongTag(response) is not string tag || tag == ETag);

    // A weak tag stays the same for files that differ in some bytes.
    private static string? StrongTag(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
}
