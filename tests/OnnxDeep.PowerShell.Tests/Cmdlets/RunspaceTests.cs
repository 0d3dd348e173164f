namespace OnnxDeep.Tests.Cmdlets;

public sealed class RunspaceTests
{
    [Fact]
    public async Task RunspacesShareModelsWhileOthersClearThem()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using var module = new ModuleRunspace();
            Outcome outcome = module.Invoke(
                """
                foreach ($i in 1..20) { Test-FoodWord salad, tea -Quiet; Clear-OnnxSession }
                Remove-Module OnnxDeep
                """).ThrowOnError();
            Assert.Equal(40, outcome.Output.Count(item => item.BaseObject is true));
        })));
    }
}
