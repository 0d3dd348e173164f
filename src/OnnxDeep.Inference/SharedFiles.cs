using OnnxDeep.IO;
using OnnxDeep.WordVectors;

namespace OnnxDeep.Inference;

/// <summary>The sessions and tables of this process, shared by all classifiers and cmdlets.</summary>
public static class SharedFiles
{
    private static readonly TimeSpan s_idleTime = TimeSpan.FromMinutes(2);

    /// <summary>Models by path; the variant is the provider's name.</summary>
    public static FileCache<OnnxSession> Sessions { get; } = new((path, _) => OnnxSession.Open(path), s_idleTime);

    /// <summary>Vector tables by path.</summary>
    public static FileCache<WordVectorTable> Tables { get; } = new((path, _) => WordVectorTable.Open(path), s_idleTime);

    /// <summary>Closes whatever nobody uses.</summary>
    public static void Clear()
    {
        Sessions.Clear();
        Tables.Clear();
    }
}
