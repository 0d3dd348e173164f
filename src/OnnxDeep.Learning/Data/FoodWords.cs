using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Data;

/// <summary>The notebook's 100 words: 50 are food and 50 are not.</summary>
public static class FoodWords
{
    private static readonly string[] s_foods =
    [
        "apple", "banana", "carrot", "bread", "cheese", "chicken", "chocolate", "coffee", "cookie", "donut",
        "egg", "fish", "grape", "honey", "icecream", "jam", "ketchup", "lemon", "mango", "milk",
        "noodles", "orange", "pancake", "pepper", "pizza", "popcorn", "pumpkin", "rice", "salad", "salt",
        "sandwich", "sausage", "soup", "spaghetti", "spinach", "strawberry", "sugar", "sushi", "tea", "tomato",
        "turkey", "vanilla", "waffle", "watermelon", "yogurt", "zucchini", "beef", "pasta", "coconut", "burger",
    ];

    private static readonly string[] s_others =
    [
        "car", "bottle", "chair", "laptop", "phone", "television", "pencil", "candle", "mirror", "window",
        "book", "notebook", "desk", "computer", "camera", "keyboard", "mouse", "lamp", "sofa", "door",
        "shoes", "sock", "jacket", "shirt", "trousers", "hat", "watch", "wallet", "backpack", "glasses",
        "earphones", "radio", "guitar", "piano", "violin", "painting", "clock", "newspaper", "magazine", "bicycle",
        "bus", "train", "plane", "ship", "road", "bridge", "building", "island", "mountain", "river",
    ];

    /// <summary>The 50 words of class 1.</summary>
    public static IReadOnlyList<string> Foods => s_foods;

    /// <summary>The 50 words of class 0.</summary>
    public static IReadOnlyList<string> Others => s_others;

    /// <summary>All 100 words in the notebook's order: the foods first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_foods, .. s_others];

    /// <summary>The names of class 0 and class 1.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["not food", "food"];

    /// <summary>Creates a data set from the vectors of the words.</summary>
    /// <param name="inputs">The number of dimensions of a vector.</param>
    /// <param name="copyVector">Writes the vector of a word into a row, [inputs].</param>
    public static Dataset CreateDataset(int inputs, Action<string, Memory<float>> copyVector)
    {
        ArgumentNullException.ThrowIfNull(copyVector);
        float[] features = new float[All.Count * inputs];
        float[] targets = new float[All.Count];
        for (int i = 0; i < All.Count; i++)
        {
            copyVector(All[i], features.AsMemory(i * inputs, inputs));
            targets[i] = i < s_foods.Length ? 1 : 0;
        }

        return new Dataset(
            new ReadOnlySpan2D<float>(features, All.Count, inputs), new ReadOnlySpan2D<float>(targets, All.Count, 1));
    }
}
