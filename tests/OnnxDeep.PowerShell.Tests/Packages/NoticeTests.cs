using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Packages;

/// <summary>The notices of the staged module cover everything in it that others made, and nothing else.</summary>
[Trait("Culture", "Any")]
public sealed partial class NoticeTests
{
    private static readonly string s_module = Path.GetDirectoryName(Repository.StagedModule)!;
    private static readonly string s_text = File.ReadAllText(Path.Combine(s_module, Notice.FileName));
    private static readonly Notice[] s_notices = Notice.ReadAll(s_text);

    private static readonly string[] s_files =
    [
        .. Directory.GetFiles(s_module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(s_module, file).Replace('\\', '/')),
    ];

    [Fact]
    public void EachLibraryOfOthersIsInOneEntry() => Assert.All(
        s_files.Where(file => Library().IsMatch(file) && !OwnAssembly().IsMatch(file)),
        file => Assert.Single(s_notices, notice => notice.Files.Contains(file)));

    [Fact]
    public void EachEntryIsAboutFilesOfTheModule() =>
        Assert.All(s_notices, notice =>
        {
            Assert.NotEmpty(notice.Files);
            Assert.Empty(notice.Files.Except(s_files));
        });

    [Fact]
    public void ModelsAndTablesAreOfWordNet() => Assert.Equal(
        s_files.Where(file => file.StartsWith("models/", StringComparison.Ordinal))
            .Except(["models/README.md", "models/noise.onnx"])
            .Order(StringComparer.Ordinal),
        Assert.Single(s_notices, notice => notice.Name == "WordNet").Files);

    [Fact]
    public void EachAssemblyWithAFontOrDataInItIsInAnEntry()
    {
        Dictionary<string, string[]> resources = s_files.Where(file => OwnAssembly().IsMatch(file)).ToDictionary(
            file => file,
            file => Resources(file).Where(name => Data().IsMatch(name)).ToArray());

        Assert.Equal(2, resources.Count(pair => pair.Value.Length > 0));
        Assert.All(
            resources.Where(pair => pair.Value.Length > 0),
            pair => Assert.Single(s_notices, notice => notice.Files.Contains(pair.Key)));
    }

    [Fact]
    public void EachTextIsThereOnceAndBelongsToAnEntry()
    {
        string[] texts = Notice.ReadTexts(s_text);

        Assert.InRange(texts.Length, 10, 50);
        Assert.Distinct(texts.Select(text => WhiteSpace().Replace(text, " ")));
        Assert.Equal(
            Enumerable.Range(1, texts.Length), s_notices.SelectMany(notice => notice.Texts).Distinct().Order());
    }

    [Fact]
    public void LicencesAndNoticesThatPackagesBringAreThereWordForWord()
    {
        string packages = Path.GetDirectoryName(Pester.PesterRun.Packages)!;
        string text = WhiteSpace().Replace(s_text, " ");
        string[] files =
        [
            .. s_notices
                .Select(notice => Path.Combine(packages, notice.Name.ToLowerInvariant(), notice.Version))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
                .Where(file => PackageText().IsMatch(Path.GetFileName(file))),
        ];

        Assert.InRange(files.Length, 15, 100);
        Assert.All(files, file => Assert.Contains(
            WhiteSpace().Replace(File.ReadAllText(file), " ").Trim('\uFEFF', ' '), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime.Managed", "MIT", "Licensed under the Apache License")]
    [InlineData("SkiaSharp.NativeAssets.Linux.NoDependencies", "MIT", "# skia\n# https://github.com/google/skia")]
    [InlineData("SkiaSharp.NativeAssets.Linux.NoDependencies", "MIT", "# HarfBuzz\n")]
    [InlineData("HarfBuzzSharp", "MIT", "Copyright (c) 2015-2016 Xamarin, Inc.")]
    [InlineData("Google.Protobuf", "BSD-3-Clause", "Copyright 2015, Google Inc.\n\nRedistribution and use")]
    [InlineData("MessagePack", "MIT", "© Yoshifumi Kawai and contributors. All rights reserved.\n\nPermission is")]
    [InlineData("DejaVu Sans", "Bitstream-Vera", "Tavmjong Bah")]
    [InlineData("Unicode Character Database", "Unicode-3.0", "UNICODE LICENSE V3")]
    [InlineData("WordNet", "LicenseRef-WordNet", "WordNet 3.0 Copyright 2006 by Princeton University.")]
    public void WorkHasItsLicenceAndText(string name, string license, string text)
    {
        Assert.Equal(license, Assert.Single(s_notices, notice => notice.Name == name).License);
        Assert.Contains(text, s_text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LibraryOfNoPackageStopsTheBuild()
    {
        using var module = new SampleModule();
        module.Write("bin/Stranger.dll", "x");

        await module.AssertNoticeProblem(
            "bin/Stranger.dll", "the file belongs to no package of the project: its licence is unknown.");
    }

    [Fact]
    public async Task NoticeOfAFileThatIsNotThereStopsTheBuild()
    {
        using var module = new SampleModule();
        File.Delete(module.File("models/words.onnx"));

        await module.AssertNoticeProblem(
            "NOTICE", "the file 'models/words.onnx' that it lists is not in the module.");
    }

    [Fact]
    public async Task NoticeWithoutLicenceStopsTheBuild()
    {
        using var module = new SampleModule();
        module.Write("NOTICE", SampleModule.Notice.Replace("License: CC0-1.0\n", string.Empty));

        await module.AssertNoticeProblem("NOTICE", "the section that begins with 'Name: Words' has no License.");
    }

    [Fact]
    public async Task LicenceWithoutAnyTextStopsTheBuild()
    {
        using var module = new SampleModule();
        module.WritePackage("<license type='expression'>Zlib</license>");

        await module.AssertPackageProblem(
            "the package has no text of its licence Zlib: add the standard text to OnnxDeep.Packager.");
    }

    [Fact]
    public async Task PackageWithoutLicenceStopsTheBuild()
    {
        using var module = new SampleModule();
        module.WritePackage(string.Empty);

        await module.AssertPackageProblem("the package has neither a licence expression nor a licence file.");
    }

    private static string[] Resources(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(s_module, assembly)));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader.ManifestResources.Select(handle => reader.GetString(reader.GetManifestResource(handle).Name)),
        ];
    }

    [GeneratedRegex(@"\.(dll|so|dylib)$")]
    private static partial Regex Library();

    [GeneratedRegex(@"^bin/OnnxDeep\.([A-Z]\w+\.)?dll$")]
    private static partial Regex OwnAssembly();

    [GeneratedRegex(@"\.(ttf|otf|txt|bin|csv)$")]
    private static partial Regex Data();

    [GeneratedRegex(@"^(licen|notice|third-?party)", RegexOptions.IgnoreCase)]
    private static partial Regex PackageText();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
