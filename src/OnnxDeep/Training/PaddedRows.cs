using OnnxDeep.Data;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>A data set with its rows padded to whole lanes and its classes worked out.</summary>
internal sealed class PaddedRows
{
    private readonly float[] _features;
    private readonly float[] _targets;
    private readonly int[] _classes;
    private readonly int _stride;
    private readonly int _units;

    public PaddedRows(Dataset data)
    {
        Count = data.Rows;
        _units = data.Units;
        _stride = LaneMath.Pad(data.Inputs);
        _features = new float[data.Rows * _stride];
        _targets = new float[data.Rows * _units];
        data.Targets.CopyTo(_targets);
        _classes = new int[data.Rows];
        All = [.. Enumerable.Range(0, data.Rows)];
        for (int row = 0; row < data.Rows; row++)
        {
            data.Features.GetRowSpan(row).CopyTo(_features.AsSpan(row * _stride));
            _classes[row] = data.GetClass(row);
        }
    }

    public int Count { get; }

    /// <summary>The numbers of all rows, in order.</summary>
    public int[] All { get; }

    /// <summary>[rows, padded inputs].</summary>
    public ReadOnlySpan<float> AllFeatures => _features;

    public ReadOnlySpan<float> Features(int row) => _features.AsSpan(row * _stride, _stride);

    public ReadOnlySpan<float> Targets(int row) => _targets.AsSpan(row * _units, _units);

    public int Class(int row) => _classes[row];
}
