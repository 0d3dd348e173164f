using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Words.Download;

namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Completes the value of a parameter from a list of names, then from folders and files of certain types. A derived
/// attribute is also the completer that PowerShell creates.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract partial class NameCompleterAttribute : ArgumentCompleterAttribute, IArgumentCompleter
{
    // A longer name fits neither a menu nor a command line.
    private const int LongestName = 1000;

    /// <summary>Specifies the type that PowerShell creates.</summary>
    /// <param name="type">The derived attribute itself.</param>
    private protected NameCompleterAttribute(Type type)
        : base(type)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string prefix = (wordToComplete ?? string.Empty).Trim('\'', '"');
        IEnumerable<CompletionResult> names = FindNames(fakeBoundParameters)
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Where(name => name.Length is > 0 and <= LongestName)
            .Select(name => new CompletionResult(
                Quote(name), ShownText.Value(name), CompletionResultType.ParameterValue, ShownText.Value(name)));
        PropertyInfo? parameter = FindParameter(commandName, parameterName);
        return GetExtensions(parameter) is { } extensions
            ? names.Concat(CompleteFiles(
                prefix, extensions, parameter?.IsDefined(typeof(SupportsWildcardsAttribute)) ?? false))
            : names;
    }

    /// <summary>Gets the extensions of the files that the parameter accepts; null if it accepts no path.</summary>
    private protected virtual IReadOnlyList<string>? GetExtensions(PropertyInfo? parameter) => null;

    /// <summary>Gets the names to offer, given the parameters typed so far.</summary>
    private protected abstract IEnumerable<string> GetNames(IDictionary? boundParameters);

    /// <summary>The names to offer if <see cref="GetNames"/> fails.</summary>
    private protected virtual IEnumerable<string> DefaultNames => [];

    /// <summary>Gets the full path of the model that a parameter names.</summary>
    private protected static string ResolveModel(string model)
    {
        // A completer has no session state, but the runspace that calls it does.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        PathIntrinsics location = shell.AddScript("$ExecutionContext.SessionState.Path").Invoke<PathIntrinsics>()[0];
        return OnnxDeepCmdlet.Models.Resolve(model, PathResolver.GetFullPath(location, model));
    }

    // PowerShell's own completion follows ~ and relative paths, and quotes names with spaces.
    private static IEnumerable<CompletionResult> CompleteFiles(
        string prefix, IReadOnlyList<string> extensions, bool hasWildcards) =>
        CompletionCompleters.CompleteFilename(hasWildcards ? prefix : WildcardPattern.Escape(prefix))
            .Where(file => file.ResultType == CompletionResultType.ProviderContainer
                || extensions.Contains(Path.GetExtension(file.ListItemText), StringComparer.OrdinalIgnoreCase))
            .Select(file => hasWildcards ? file : new CompletionResult(
                BracketEscape().Replace(file.CompletionText, "$1"), file.ListItemText, file.ResultType, file.ToolTip));

    // PowerShell creates the completer without the attribute's parameters.
    private static PropertyInfo? FindParameter(string command, string parameter) => typeof(OnnxDeepCmdlet).Assembly
        .GetTypes()
        .FirstOrDefault(type => type.GetCustomAttribute<CmdletAttribute>() is CmdletAttribute cmdlet
            && $"{cmdlet.VerbName}-{cmdlet.NounName}".Equals(command, StringComparison.OrdinalIgnoreCase))
        ?.GetProperty(parameter, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    [GeneratedRegex(@"`+([][])")]
    private static partial Regex BracketEscape();

    private IEnumerable<string> FindNames(IDictionary? boundParameters)
    {
        try
        {
            return GetNames(boundParameters);
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
        {
            // Tab completion cannot show errors; the command itself reports them.
            return DefaultNames;
        }
    }

    // A name with control characters is written with escapes, so that it reaches the cmdlet but not the terminal.
    private static string Quote(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
        ? name
        : ShownText.IsHostile(name)
            ? $"\"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"`u{{{(int)c:x}}}"))}\""
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}

/// <summary>Offers the models of the module, then files.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelCompleterAttribute() : NameCompleterAttribute(typeof(ModelCompleterAttribute))
{
    private protected override IReadOnlyList<string> GetExtensions(PropertyInfo? parameter) => [".onnx"];

    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        OnnxDeepCmdlet.Models.GetNames();
}

/// <summary>Offers the vector tables of the module and the user, then files.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class VectorsCompleterAttribute() : NameCompleterAttribute(typeof(VectorsCompleterAttribute))
{
    private protected override IReadOnlyList<string> GetExtensions(PropertyInfo? parameter) => [VectorStore.Extension];

    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        OnnxDeepCmdlet.Tables.GetNames();
}

/// <summary>Offers the names of vector tables, without files.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TableCompleterAttribute() : NameCompleterAttribute(typeof(TableCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        OnnxDeepCmdlet.Tables.GetNames();
}

/// <summary>Offers the names of published word vectors.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PublicationCompleterAttribute() : NameCompleterAttribute(typeof(PublicationCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        WordVectorCatalog.All.Select(publication => publication.Name);
}

/// <summary>Offers Auto, CPU, CUDA and all other providers that are available.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProviderCompleterAttribute() : NameCompleterAttribute(typeof(ProviderCompleterAttribute))
{
    private protected override IEnumerable<string> DefaultNames => ["Auto", "CPU", "CUDA"];

    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) => DefaultNames.Union(
        ExecutionProvider.List().Where(provider => provider.IsAvailable).Select(provider => provider.Name));
}

/// <summary>Offers the names of registered plug-in libraries.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RegisteredProviderCompleterAttribute()
    : NameCompleterAttribute(typeof(RegisteredProviderCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        ExecutionProvider.GetRegisteredNames();
}

/// <summary>Offers the criteria of a threshold.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ThresholdCompleterAttribute() : NameCompleterAttribute(typeof(ThresholdCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        Enum.GetNames<ThresholdCriterion>();
}

/// <summary>Offers the dense layers of the model specified by -Model.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LayerCompleterAttribute() : NameCompleterAttribute(typeof(LayerCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters)
    {
        string model = boundParameters?["Model"] as string ?? ModelStore.DefaultModel;
        return [.. OnnxModelFile.Load(ResolveModel(model)).GetDenseLayers().Select(layer => layer.Name)];
    }
}

/// <summary>Offers the outputs of the model specified by -Path.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OutputCompleterAttribute() : NameCompleterAttribute(typeof(OutputCompleterAttribute))
{
    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) =>
        OnnxSignature.Read(ResolveModel($"{boundParameters?["Path"]}")).Outputs.Select(output => output.Name);
}

/// <summary>Offers files with certain extensions, and all folders.</summary>
/// <param name="extensions">The extensions, such as ".txt"; "" for files without one.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FileCompleterAttribute(params string[] extensions)
    : NameCompleterAttribute(typeof(FileCompleterAttribute))
{
    private readonly string[] _extensions = extensions;

    /// <summary>Creates the completer, which finds the extensions of its parameter.</summary>
    public FileCompleterAttribute()
        : this([])
    {
    }

    private protected override IReadOnlyList<string> GetExtensions(PropertyInfo? parameter) =>
        parameter?.GetCustomAttribute<FileCompleterAttribute>()?._extensions ?? [];

    private protected override IEnumerable<string> GetNames(IDictionary? boundParameters) => [];
}
