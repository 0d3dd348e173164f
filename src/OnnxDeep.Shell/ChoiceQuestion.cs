using System.Collections.ObjectModel;
using System.Management.Automation.Host;

namespace OnnxDeep.Shell;

/// <summary>Asks which of several choices to take, as -Confirm does.</summary>
internal sealed class ChoiceQuestion(Collection<ChoiceDescription> choices, int defaultChoice)
{
    /// <summary>Gives the index of the choice; Enter, or the end of the input, takes the default.</summary>
    public int Ask(string caption, string message)
    {
        Console.WriteLine(caption);
        Console.WriteLine(message);
        string all = string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Label(choice)}"));
        while (true)
        {
            Console.Write(defaultChoice < 0 ? $"{all}: " : $"{all} (default is \"{Key(choices[defaultChoice])}\"): ");
            string? line = Console.In.ReadLine();
            string answer = line?.Trim() ?? string.Empty;
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (line is null)
            {
                throw new HostException($"'{message}' has no default answer, and the input has ended.");
            }

            int index = choices.ToList().FindIndex(choice =>
                answer.Equals(Key(choice), StringComparison.OrdinalIgnoreCase)
                || answer.Equals(Label(choice), StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    private static string Label(ChoiceDescription choice) =>
        choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return choice.Label.Substring(mark + 1, 1).ToUpperInvariant();
    }
}
