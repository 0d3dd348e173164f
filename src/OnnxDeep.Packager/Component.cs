namespace OnnxDeep.Packager;

/// <summary>A work of others in the module: a NuGet package, or data or a font that NOTICE lists.</summary>
/// <param name="Name">The name, for a package its id.</param>
/// <param name="Version">The version.</param>
internal sealed record Component(string Name, string Version)
{
    /// <summary>The licence as an SPDX expression.</summary>
    public required string License { get; init; }

    /// <summary>The copyright line.</summary>
    public required string Copyright { get; init; }

    /// <summary>The address of the project.</summary>
    public required string Source { get; init; }

    /// <summary>The files of the module that are or contain the work, relative to the module with slashes.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The licence and notice texts, at least one.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>
    /// The SHA-512 of the NuGet package in hexadecimal; null if the work is within OnnxDeep's own files.
    /// </summary>
    public string? PackageHash { get; init; }

    /// <summary>The names of the packages that this one uses.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>The identifier in a bill of materials: the package URL, or the name and version.</summary>
    public string Reference => PackageHash is null ? $"{Name}@{Version}" : $"pkg:nuget/{Name}@{Version}";
}
