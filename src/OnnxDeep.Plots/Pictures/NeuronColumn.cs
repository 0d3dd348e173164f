namespace OnnxDeep.Plots.Pictures;

/// <summary>Where the neurons of one layer stand.</summary>
internal sealed class NeuronColumn
{
    private const int MostInputs = 16;
    private const int FirstInputs = 6;
    private const int LastInputs = 4;
    private const int DotPlaces = 2;

    private readonly Dictionary<int, float> _places = [];

    private NeuronColumn(int count, float x) => (Count, X) = (count, x);

    /// <summary>The layer's neurons.</summary>
    public int Count { get; }

    /// <summary>Their place across, in pixels.</summary>
    public float X { get; }

    /// <summary>In pixels.</summary>
    public float Radius { get; private set; }

    /// <summary>The neurons that are drawn, from 0.</summary>
    public IReadOnlyCollection<int> Shown => _places.Keys;

    /// <summary>Where the dots that stand for the others are.</summary>
    public IReadOnlyList<float> Dots { get; private set; } = [];

    /// <summary>Whether there are others.</summary>
    public bool IsAbbreviated => Dots.Count > 0;

    /// <summary>Spreads neurons evenly from top to bottom; of many inputs the first and last.</summary>
    public static NeuronColumn Create(int count, float x, float top, float bottom, float mostRadius, bool isInput)
    {
        var column = new NeuronColumn(count, x);
        bool isShort = isInput && count > MostInputs;
        int places = isShort ? FirstInputs + DotPlaces + LastInputs : count;
        float step = (bottom - top) / places;
        float Place(int place) => top + ((place + 0.5f) * step);
        column.Radius = Math.Min(mostRadius, step * 0.4f);
        for (int i = 0; i < (isShort ? FirstInputs : count); i++)
        {
            column._places.Add(i, Place(i));
        }

        if (isShort)
        {
            for (int i = 0; i < LastInputs; i++)
            {
                column._places.Add(count - LastInputs + i, Place(FirstInputs + DotPlaces + i));
            }

            float middle = top + ((FirstInputs + (DotPlaces / 2f)) * step);
            float gap = Math.Min(12, step * 0.45f);
            column.Dots = [middle - gap, middle, middle + gap];
        }

        return column;
    }

    /// <summary>The height of a neuron that is drawn, in pixels.</summary>
    public float Y(int neuron) => _places[neuron];
}
