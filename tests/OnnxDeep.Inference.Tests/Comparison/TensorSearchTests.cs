using OnnxDeep.Inference.Comparison;
using OnnxDeep.Onnx.Comparison;

namespace OnnxDeep.Tests.Comparison;

public sealed class TensorSearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(998)]
    [InlineData(999)]
    public void ChainIsHalved(int first)
    {
        Dataflow flow = Chain(1000);
        var search = new TensorSearch(
            flow, flow.Values, value => Number(value) >= first ? ProbeState.Differs : ProbeState.Agrees);

        Assert.Equal(new TensorSearch.Finding($"v{first}", null, null, null), search.Find("v999"));
        Assert.InRange(search.Probes, 9, 11);
    }

    [Fact]
    public void EveryValueIsLookedAtOnce()
    {
        Dataflow flow = Chain(100);
        var seen = new HashSet<string>();
        var search = new TensorSearch(flow, flow.Values, value =>
        {
            Assert.True(seen.Add(value), value);
            return Number(value) >= 33 ? ProbeState.Differs : ProbeState.Agrees;
        });

        search.Find("v99");

        Assert.Equal(seen.Count, search.Probes);
    }

    [Fact]
    public void WhateverTheGraphTheValueFoundDiffersAndItsSourcesAgree()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            // Each value depends on one or two earlier ones; a difference propagates, but some values lose it.
            Dataflow.Node[] nodes =
            [
                .. Enumerable.Range(0, 40).Select(i => new Dataflow.Node(
                    $"n{i}",
                    "Any",
                    i == 0 ? ["x"] : [$"v{random.Next(i)}", $"v{random.Next(Math.Max(0, i - 3), i)}"],
                    [$"v{i}"])),
            ];
            var differs = new HashSet<string>();
            foreach (Dataflow.Node node in nodes)
            {
                if (random.Next(15) == 0 || (node.Inputs.Any(differs.Contains) && random.Next(10) > 0))
                {
                    differs.Add(node.Outputs[0]);
                }
            }

            differs.Add("v39");
            var flow = new Dataflow(nodes);
            var search = new TensorSearch(
                flow, flow.Values, value => differs.Contains(value) ? ProbeState.Differs : ProbeState.Agrees);

            string found = search.Find("v39").Value;

            Assert.Contains(found, differs);
            Assert.True(flow.TryGetProducer(found, out Dataflow.Node? producer));
            Assert.DoesNotContain(producer.Inputs, differs.Contains);
        }
    }

    [Fact]
    public void ValuesThatCannotBeJudgedAreTold()
    {
        Dataflow flow = Chain(10);
        ProbeState Probe(string value, ProbeState inTheMiddle) =>
            Number(value) < 4 ? ProbeState.Agrees : Number(value) < 6 ? inTheMiddle : ProbeState.Differs;

        Assert.Equal(
            new TensorSearch.Finding("v6", "v4", null, null),
            new TensorSearch(flow, flow.Values, value => Probe(value, ProbeState.Vanishes)).Find("v9"));
        Assert.Equal(
            new TensorSearch.Finding("v6", null, "v4", null),
            new TensorSearch(flow, flow.Values, value => Probe(value, ProbeState.Unreadable)).Find("v9"));
        Assert.Equal(
            new TensorSearch.Finding("v6", null, null, "v4"),
            new TensorSearch(
                flow, flow.Values.Except(["v4", "v5"]), value => Probe(value, ProbeState.Agrees)).Find("v9"));
    }

    [Fact]
    public void OutputWithoutNodesIsFoundItself() => Assert.Equal(
        new TensorSearch.Finding("x", null, null, null),
        new TensorSearch(Chain(3), [], _ => ProbeState.Differs).Find("x"));

    private static int Number(string value) =>
        int.Parse(value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static Dataflow Chain(int length) => new(
        [
            .. Enumerable.Range(0, length)
                .Select(i => new Dataflow.Node($"n{i}", "Any", [i == 0 ? "x" : $"v{i - 1}"], [$"v{i}"])),
        ]);
}
