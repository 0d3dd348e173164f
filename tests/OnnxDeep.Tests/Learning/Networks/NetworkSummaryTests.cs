using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Tests.Learning.Networks;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void TableIsKerasOwn()
    {
        var network = Network.Create(300, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1);

        const string expected = """
            Model: "sequential"
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
            ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
            │ dense (Dense)                   │ (None, 5)              │         1,505 │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense_1 (Dense)                 │ (None, 1)              │             6 │
            └─────────────────────────────────┴────────────────────────┴───────────────┘
             Total params: 1,511 (5.90 KB)
             Trainable params: 1,511 (5.90 KB)
             Non-trainable params: 0 (0.00 B)

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), NetworkSummary.Format(network));
    }
}
