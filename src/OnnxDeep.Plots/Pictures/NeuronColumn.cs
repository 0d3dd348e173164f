namespace OnnxDeep.Plots.Pictures;

/// <summary>The positions of one layer's neurons.</summary>
internal sealed class NeuronColumn
{
    private const int MostInputs = 16;
    private const int FirstInputs = 6;
    private const int LastInputs = 4;
    private const int DotPlaces = 2;

    private readonly Dictionary<int, float> _places = [];

    private NeuronColumn(int count, float x) => (Count, X) = (count, x);

    /// <summary>The number of neurons in the layer.</summary>
    public int Count { get; }

    /// <summary>The x coordinate of the neurons, in pixels.</summary>
    public float X { get; }

    /// <summary>The radius of a neuron, in pixels.</summary>
    public float Radius { get; private set; }

    /// <summary>The neurons that are drawn, numbered from 0.</summary>
    public IReadOnlyCollection<int> Shown => _places.Keys;

    /// <summary>The y coordinates of the dots that represent the other neurons.</summary>
    public IReadOnlyList<float> Dots { get; private set; } = [];

    /// <summary>Whether some neurons are not drawn.</summary>
    public bool IsAbbreviated => Dots.Count > 0;

    /// <summary>Spaces neurons evenly from top to bottom; of many inputs, only the first and last.</summary>
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

    /// <summary>Returns the y coordinate of a drawn neuron, in pixels.</summary>
    public float Y(int neuron) => _places[neuron];
}
