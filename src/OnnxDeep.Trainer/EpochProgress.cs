using System.Globalization;

using OnnxDeep.Learning.Training;

using Spectre.Console;

namespace OnnxDeep.Trainer;

/// <summary>A live progress bar per epoch with loss and accuracy; long trainings share one bar.</summary>
internal static class EpochProgress
{
    private const int MostBars = 20;

    /// <summary>Runs a training and shows its progress.</summary>
    public static TrainedClassifier Run(
        IAnsiConsole console, int epochs, Func<Action<EpochMetrics>, TrainedClassifier> train)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            return train(metrics => WriteLine(console, metrics, epochs));
        }

        TrainedClassifier? model = null;
        console.Progress()
            .AutoRefresh(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 16 },
                new PercentageColumn())
            .Start(context =>
            {
                ProgressTask? bar = null;
                model = train(metrics =>
                {
                    bool isOneBar = epochs > MostBars;
                    string text = Describe(metrics, epochs);
                    bar = bar is null || !isOneBar ? context.AddTask(text, maxValue: isOneBar ? epochs : 1) : bar;
                    bar.Description = text;
                    bar.Increment(1);
                    context.Refresh();
                });
                bar?.Value(bar.MaxValue);
                context.Refresh();
            });
        return model!;
    }

    // A log contains plain lines and, for a long training, not every epoch.
    private static void WriteLine(IAnsiConsole console, EpochMetrics metrics, int epochs)
    {
        if (epochs <= MostBars || metrics.Epoch == 1 || metrics.Epoch % MostBars == 0)
        {
            console.WriteLine(Describe(metrics, epochs));
        }
    }

    private static string Describe(EpochMetrics metrics, int epochs)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {metrics.Epoch}/{epochs}  loss {metrics.Loss:F4}  accuracy {metrics.Accuracy:F4}");
        return metrics.ValidationLoss is double loss
            ? text + string.Create(CultureInfo.InvariantCulture, $"  val_loss {loss:F4}")
            : text;
    }
}
