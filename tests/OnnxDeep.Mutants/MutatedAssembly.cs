using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

using OnnxDeep.Tests;

namespace OnnxDeep.Mutants;

/// <summary>A project that is compiled again with all of its mutants.</summary>
internal sealed class MutatedAssembly
{
    private const string SwitchCode = """
        internal static class MutantSwitch
        {
            public static int Active;

            public static readonly bool[] Met = new bool[20_000];

            public static bool IsOn(int id)
            {
                Met[id] = true;
                return id == Active;
            }
        }
        """;

    private readonly CSharpCompilation _compilation;
    private readonly SyntaxTree[] _trees;
    private readonly string _folder;

    /// <summary>Reads a project as the compiler would.</summary>
    public MutatedAssembly(Piece piece)
    {
        _folder = Path.Combine(Repository.Root, "src", piece.Project);
        CSharpCommandLineArguments arguments =
            CSharpCommandLineParser.Default.Parse(GetCompilerArguments(_folder, piece.Project), _folder, null);
        CSharpParseOptions options = arguments.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        var loader = new Loader();
        Compilation compilation = CSharpCompilation.Create(
            arguments.CompilationName ?? piece.Project,
            [
                .. arguments.SourceFiles.Select(
                    file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), options, file.Path)),
                CSharpSyntaxTree.ParseText(SwitchCode, options),
            ],
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference)),
            arguments.CompilationOptions
                .WithGeneralDiagnosticOption(ReportDiagnostic.Suppress)
                .WithSpecificDiagnosticOptions([])
                .WithSyntaxTreeOptionsProvider(null));
        IEnumerable<ISourceGenerator> generators = arguments.AnalyzerReferences
            .Where(reference => reference.FilePath.Contains("Microsoft.NETCore.App.Ref", StringComparison.Ordinal))
            .Select(reference => new AnalyzerFileReference(reference.FilePath, loader))
            .SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        _compilation = (CSharpCompilation)compilation;
        string[] files = [.. piece.Files.SelectMany(Find).Order(StringComparer.Ordinal)];
        _trees = [.. files.Select(file => _compilation.SyntaxTrees.Single(tree => tree.FilePath == file))];
    }

    /// <summary>Writes the assembly without the mutants that do not compile.</summary>
    /// <returns>The included mutants and the number of excluded ones.</returns>
    public (IReadOnlyList<Mutant> Mutants, int Left) Write(string path)
    {
        var left = new HashSet<int>();
        while (true)
        {
            var mutants = new List<Mutant>();
            var trees = new List<SyntaxTree>();
            CSharpCompilation mutated = _compilation;
            foreach (SyntaxTree tree in _trees)
            {
                var rewriter = new MutantRewriter(
                    _compilation.GetSemanticModel(tree), Path.GetRelativePath(_folder, tree.FilePath), mutants, left);
                trees.Add(tree.WithRootAndOptions(rewriter.Visit(tree.GetRoot()), tree.Options));
                mutated = mutated.ReplaceSyntaxTree(tree, trees[^1]);
            }

            // The other files do not change, so they are not checked again each time.
            Diagnostic[] errors =
            [
                .. trees.SelectMany(tree => mutated.GetSemanticModel(tree).GetDiagnostics())
                    .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            ];
            if (errors.Length == 0)
            {
                using (FileStream stream = File.Create(path))
                {
                    EmitResult result = mutated.Emit(stream);
                    if (!result.Success)
                    {
                        throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5)));
                    }
                }

                return ([.. mutants.Where(mutant => !left.Contains(mutant.Id))], left.Count);
            }

            int before = left.Count;
            foreach (Diagnostic error in errors)
            {
                left.UnionWith(FindCulprits(error));
            }

            if (left.Count == before)
            {
                throw new InvalidOperationException(string.Join('\n', errors.Take(5)));
            }
        }
    }

    // The nearest mutant around the error; if there is none, as for an unassigned variable, all mutants of the method.
    private static int[] FindCulprits(Diagnostic error)
    {
        SyntaxNode root = error.Location.SourceTree!.GetRoot();
        SyntaxNode node = root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        int[]? nearest = node.AncestorsAndSelf().Select(Marks).FirstOrDefault(ids => ids.Length > 0);
        return nearest
            ?? [.. (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? root).DescendantNodes().SelectMany(Marks)];
    }

    private static int[] Marks(SyntaxNode node) =>
    [
        .. node.GetAnnotations(MutantRewriter.Annotation)
            .Select(mark => int.Parse(mark.Data!, CultureInfo.InvariantCulture)),
    ];

    private string[] Find(string pattern) =>
        Directory.GetFiles(Path.Combine(_folder, Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern));

    private static string[] GetCompilerArguments(string folder, string project)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "msbuild", Path.Combine(folder, $"{project}.csproj"), "-t:Compile", "-p:Configuration=Release",
                "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true",
                "-p:NonExistentFile=always-build", "-getItem:CscCommandLineArgs",
            },
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        using var json = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        return
        [
            .. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!),
        ];
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
