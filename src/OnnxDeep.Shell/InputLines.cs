using System.Management.Automation;
using System.Text;

namespace OnnxDeep.Shell;

/// <summary>Feeds lines to a pipeline while it runs.</summary>
internal static class InputLines
{
    /// <summary>The lines of standard input where it is redirected, as they come; else <see langword="null"/>.</summary>
    public static PSDataCollection<string>? OfStandardInput() =>
        Console.IsInputRedirected ? From(new StreamReader(Console.OpenStandardInput(), Encoding.UTF8)) : null;

    private static PSDataCollection<string> From(StreamReader reader)
    {
        var lines = new PSDataCollection<string>();

        // A thread of its own, in the background: a command that wants no input must not wait for its end.
        var feeder = new Thread(() => Feed(reader, lines)) { IsBackground = true, Name = "Standard input" };
        feeder.Start();
        return lines;
    }

    private static void Feed(StreamReader reader, PSDataCollection<string> lines)
    {
        try
        {
            while (reader.ReadLine() is string line)
            {
                lines.Add(line);
            }
        }
        catch (IOException)
        {
            // The writer's end broke: what came before it is the input.
        }
        finally
        {
            lines.Complete();
        }
    }
}
