using OnnxDeep.Data;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>A data set with its rows padded to whole lanes and its classes worked out.</summary>
internal sealed class PaddedRows
{
    private readonly Dataset _data;
    private readonly float[] _features;
    private readonly int[] _classes;
    private readonly int _stride;

    public PaddedRows(Dataset data)
    {
        _data = data;
        _stride = LaneMath.Pad(data.Inputs);
        _features = new float[data.Rows * _stride];
        _classes = new int[data.Rows];
        for (int row = 0; row < data.Rows; row++)
        {
            data.Features.GetRowSpan(row).CopyTo(_features.AsSpan(row * _stride));
            _classes[row] = data.GetClass(row);
        }
    }

    public int Count => _data.Rows;

    /// <summary>[rows, padded inputs].</summary>
    public ReadOnlySpan<float> AllFeatures => _features;

    public ReadOnlySpan<float> Features(int row) => _features.AsSpan(row * _stride, _stride);

    public ReadOnlySpan<float> Targets(int row) => _data.Targets.GetRowSpan(row);

    public int Class(int row) => _classes[row];
}
