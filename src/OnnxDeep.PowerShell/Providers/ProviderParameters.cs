using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Reads the parameters Provider, DeviceId and ProviderOption.</summary>
internal static class ProviderParameters
{
    /// <summary>The value of Provider where none is given.</summary>
    public const string Default = "CPU";

    /// <summary>Where to run a model; -Verbose tells why.</summary>
    /// <param name="cmdlet">The cmdlet that has the parameters.</param>
    /// <param name="name">A provider's name.</param>
    /// <param name="deviceId">The provider's device; its own choice where null.</param>
    /// <param name="options">The provider's own options.</param>
    /// <exception cref="ModelException">It cannot run there.</exception>
    public static ExecutionProvider Resolve(PSCmdlet cmdlet, string name, int? deviceId, Hashtable? options)
    {
        var provider = ExecutionProvider.Get(name, deviceId, options is null ? null : ReadOptions(cmdlet, options));
        cmdlet.WriteVerbose($"Provider {provider.Name}. {provider.Why}");
        return provider;
    }

    private static Dictionary<string, string> ReadOptions(PSCmdlet cmdlet, Hashtable options)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry option in options)
        {
            if (ToText(option.Value) is not string text)
            {
                cmdlet.ThrowTerminatingError(Errors.ProviderOptionInvalid(option));
                break;
            }

            texts[$"{option.Key}"] = text;
        }

        return texts;
    }

    // ONNX Runtime takes text of no culture; null for what is not a text, a number or a truth value.
    private static string? ToText(object? value) => RowProperties.Unwrap(value) switch
    {
        bool flag => flag ? "1" : "0",
        Enum name => name.ToString(),
        string or IFormattable => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
