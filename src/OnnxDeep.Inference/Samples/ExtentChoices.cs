using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Samples;

/// <summary>
/// Lists extents to try for dynamic axes if a model does not run with the smallest ones: usual lengths and sizes of
/// pictures, texts and sound, then what the model's own operators need.
/// </summary>
internal static class ExtentChoices
{
    // Of a model with more axes than these, not each is tried alone.
    private const int MostAxes = 32;

    // Short texts, small and usual pictures, a frame of sound, a second of sound.
    private static readonly long[] s_usual = [32, 64, 224, 512, 16_000];

    // Other sizes of pictures that classifiers demand, and windows of sound.
    private static readonly long[] s_others = [28, 96, 128, 160, 256, 299, 384, 480, 640, 1024, 1280, 4096];

    /// <summary>Lists the choices, each an extent for each axis; the most likely ones first.</summary>
    /// <param name="axes">The open axes of an input each, or names that several inputs share.</param>
    /// <param name="hints">What the model shows.</param>
    public static IEnumerable<IReadOnlyDictionary<string, long>> List(IReadOnlyList<string> axes, ExtentHints hints)
    {
        if (axes.Count == 0)
        {
            yield break;
        }

        long[] extents =
        [
            .. s_usual.Concat(hints.Lengths.SelectMany(length => new[] { length, 2 * length })).Concat(s_others)
                .Distinct(),
        ];
        foreach (long extent in extents)
        {
            yield return axes.ToDictionary(axis => axis, _ => extent);
        }

        // One long axis, such as the samples of one channel.
        foreach (string axis in axes.Reverse().Take(MostAxes).Where(_ => axes.Count > 1))
        {
            foreach (long extent in extents)
            {
                yield return new Dictionary<string, long> { [axis] = extent };
            }
        }
    }
}
