using System.Collections;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

internal static partial class Errors
{
    /// <summary>An option that is nothing which can be written as one.</summary>
    public static ErrorRecord ProviderOptionInvalid(DictionaryEntry option) => new(
        new ArgumentException(
            $"The provider option '{option.Key}' is "
            + $"{(option.Value is null ? "null" : $"of the type {option.Value.GetType().Name}")}. "
            + "Give a text, a number, $true or $false, such as @{ gpu_mem_limit = 2GB }."),
        "ProviderOptionInvalid",
        ErrorCategory.InvalidArgument,
        option.Value);

    /// <summary>A provider that is not listed.</summary>
    public static ErrorRecord ProviderNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"There is no execution provider '{name}'. Those known are: {string.Join(", ", names)}. "
            + "Register-OnnxExecutionProvider brings others."),
        "ProviderNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>A library that was not registered.</summary>
    public static ErrorRecord ProviderNotRegistered(string name, IReadOnlyList<string> names) => new(
        new ItemNotFoundException(
            $"No library is registered as '{name}'. Registered are: "
            + $"{(names.Count > 0 ? string.Join(", ", names) : "(none)")}. "
            + "Providers that are part of the module stay."),
        "ProviderNotRegistered",
        ErrorCategory.ObjectNotFound,
        name);
}
