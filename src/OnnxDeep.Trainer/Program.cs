using System.CommandLine;
using System.Globalization;
using System.Text;

using OnnxDeep;
using OnnxDeep.Trainer;

using Spectre.Console;

Console.OutputEncoding = Encoding.UTF8;
var outputOption = new Option<string>("--output")
{
    Description = "The folder to write the models to.", DefaultValueFactory = _ => "models",
};
outputOption.Validators.Add(result =>
{
    if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
    {
        result.AddError("--output must name a folder.");
    }
});
var vectorsOption = new Option<string?>("--vectors")
{
    Description = "A vector table file; by default, the one that the program includes.",
};
var recipeOption = new Option<string>("--recipe")
{
    Description = "default: noise and food as shipped. notebook: food exactly as the notebook trains it.",
    DefaultValueFactory = _ => "default",
};
recipeOption.AcceptOnlyFromAmong("default", "notebook");
var seedsOption = new Option<int?>("--seeds")
{
    Description = "Train food this many times with seeds 1, 2, … and report the test accuracies; writes no files.",
};
seedsOption.Validators.Add(result =>
{
    if (result.Tokens is [var token]
        && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds > 0))
    {
        result.AddError($"--seeds must be a whole number of 1 or more, not '{token.Value}'.");
    }
});
var wordsOption = new Option<string?>("--words")
{
    Description = "With --seeds: a CSV file of word and label (food, not food) to measure accuracy on as well.",
};

var root = new RootCommand("Trains the OnnxDeep networks, exports them to ONNX and checks the files in ONNX Runtime.")
{
    outputOption, vectorsOption, recipeOption, seedsOption, wordsOption, VectorsCommand.Create(Guard),
};
root.SetAction(result => Guard(() =>
{
    string directory = result.GetValue(outputOption)!;
    string? vectors = result.GetValue(vectorsOption);
    bool isNotebook = result.GetValue(recipeOption) == "notebook";
    var command = new TrainCommand(AnsiConsole.Console, Console.Out);
    if (result.GetValue(seedsOption) is int seeds)
    {
        command.MeasureSeeds(
            isNotebook ? Recipes.NotebookFood : Recipes.Food, seeds, vectors, result.GetValue(wordsOption));
    }
    else if (isNotebook)
    {
        command.TrainNotebook(directory, vectors);
    }
    else
    {
        // Models with an explicit output folder do not go into the module.
        bool isShipping = result.GetResult(outputOption) is null or { Implicit: true };
        command.TrainShipped(directory, vectors, isShipping ? StagedModule.Find(AppContext.BaseDirectory) : null);
    }
}));
return root.Parse(args).Invoke();

static int Guard(Action action)
{
    try
    {
        action();
        return 0;
    }
    catch (OnnxDeepException e)
    {
        Console.Error.WriteLine($"{e.ErrorId}: {e.Message}");
        return 1;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"FileNotReadable: {e.Message} Check that the file exists and that you can read it.");
        return 1;
    }
}
