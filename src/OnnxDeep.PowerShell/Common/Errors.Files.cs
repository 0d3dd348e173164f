using System.Management.Automation;
using System.Reflection;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <content>The errors of the system: files, and what nobody expects.</content>
internal static partial class Errors
{
    /// <summary>Wraps an I/O error: a file disappeared or cannot be read, or the disk is full.</summary>
    public static ErrorRecord FromFile(Exception exception)
    {
        string? path = (exception as FileNotFoundException)?.FileName;
        if (path is not null && PathProblem.Find(path) is OnnxDeepException problem)
        {
            return From(problem, path);
        }

        (string id, ErrorCategory category, string advice) = exception switch
        {
            FileNotFoundException or DirectoryNotFoundException =>
                ("FileNotFound", ErrorCategory.ObjectNotFound, "Check the path."),
            IOException when AtomicFile.IsFull(exception) =>
                (ErrorIds.OutputNotWritable, ErrorCategory.WriteError, "Free some space, or choose another location."),
            _ => (ErrorIds.FileNotReadable, ErrorCategory.ReadError, "Check that you have permission to read it."),
        };
        return new ErrorRecord(
            new IOException($"{exception.Message.TrimEnd('.')}. {advice}", exception), id, category, path);
    }

    /// <summary>
    /// Whether an exception is a fault of the module, and not one that PowerShell itself throws to end a pipeline or to
    /// report the error of a script, nor one that leaves the process in a state in which nothing can be relied on.
    /// </summary>
    public static bool IsUnexpected(Exception exception) => exception is not (
        RuntimeException or FlowControlException or OutOfMemoryException or AccessViolationException);

    /// <summary>Wraps an exception that the module should have prevented.</summary>
    public static ErrorRecord Unexpected(Exception exception, string command)
    {
        string? version = typeof(Errors).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion;
        string type = exception.GetType().FullName!;
        var record = new ErrorRecord(
            new InvalidOperationException(
                $"{command} of OnnxDeep {version} failed with {type}: {exception.Message} "
                + "This is a fault of the module. Please report it with the output of Get-Error.",
                exception),
            "UnexpectedError",
            ErrorCategory.NotSpecified,
            exception);
        record.CategoryInfo.Reason = type;
        return record;
    }
}
