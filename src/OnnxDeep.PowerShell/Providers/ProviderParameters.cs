using System.Collections;
using System.Globalization;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Reads the Provider, DeviceId and ProviderOption parameters.</summary>
internal static class ProviderParameters
{
    /// <summary>The default value of Provider.</summary>
    public const string Default = "CPU";

    /// <summary>Gets the provider to run a model on; -Verbose shows the reason for the choice.</summary>
    /// <param name="cmdlet">The cmdlet that has the parameters.</param>
    /// <param name="name">The name of the provider.</param>
    /// <param name="deviceId">The device; null for the provider's default.</param>
    /// <param name="options">The options of the provider.</param>
    /// <exception cref="ModelException">The provider cannot run models on this machine.</exception>
    public static ExecutionProvider Resolve(OnnxDeepCmdlet cmdlet, string name, int? deviceId, Hashtable? options)
    {
        var provider = ExecutionProvider.Get(name, deviceId, options is null ? null : ReadOptions(cmdlet, options));
        cmdlet.WriteVerbose($"Provider {provider.Name}. {provider.Why}");
        return provider;
    }

    private static Dictionary<string, string> ReadOptions(OnnxDeepCmdlet cmdlet, Hashtable options)
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

    // ONNX Runtime expects culture-invariant text; null if the value is not text, a number or a Boolean.
    private static string? ToText(object? value) => RowProperties.Unwrap(value) switch
    {
        bool flag => flag ? "1" : "0",
        Enum name => name.ToString(),
        string or IFormattable => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
