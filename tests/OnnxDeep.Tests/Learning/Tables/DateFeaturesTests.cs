using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

public sealed class DateFeaturesTests
{
    // Not a multiple of a week, so that all weekdays and days of the year occur.
    private const int DaysApart = 101;

    private const DateParts All = DateParts.Trend | DateParts.YearCycle | DateParts.Weekday | DateParts.DayCycle;

    [Fact]
    public void DaysHaveTheirWeekdayAndAPlaceInTheYear()
    {
        float[] features = new float[DateFeatures.Count(All)];
        for (var day = DateTime.MinValue; day < DateTime.MaxValue.AddDays(-DaysApart); day = day.AddDays(DaysApart))
        {
            Encode(Seconds(day), features);

            int weekday = Array.IndexOf(features, 1, 3, DateFeatures.WeekDays) - 3;
            Assert.Equal(day.DayOfWeek, (DayOfWeek)((weekday + 1) % DateFeatures.WeekDays));
            double angle = 2 * Math.PI * (day.DayOfYear - 1) / DateFeatures.YearDays;
            Assert.InRange((Math.Sin(angle) * features[1]) + (Math.Cos(angle) * features[2]), 0.999, 1.001);
        }
    }

    [Fact]
    public void EveryQuarterOfAnHourIsAPlaceInTheDay()
    {
        float[] features = new float[DateFeatures.Count(All)];
        for (int step = 0; step < DateFeatures.DaySteps; step++)
        {
            Encode((step * 900) + 899.5, features);

            Assert.Equal(DateFeatures.DayCycle[step, 0], features[10]);
            Assert.Equal(DateFeatures.DayCycle[step, 1], features[11]);
        }
    }

    [Theory]
    [InlineData(double.NaN, true)]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(-1e300, true)]
    [InlineData(DateFeatures.EndSecond, true)]
    [InlineData(DateFeatures.EndSecond - 0.00003, false)]
    [InlineData(DateFeatures.FirstSecond, false)]
    [InlineData(-0.0, false)]
    public void WhatIsNotADateIsMissing(double seconds, bool isMissing)
    {
        float[] features = new float[DateFeatures.Count(All)];
        float[] filled = new float[features.Length];

        TableColumn column = Encode(seconds, features);
        Encode(column.Fill, filled);

        Assert.Equal(isMissing, column.IsMissing(seconds));
        Assert.Equal(isMissing, features.AsSpan().SequenceEqual(filled));
    }

    private static double Seconds(DateTime date) => (date - DateTime.UnixEpoch).TotalSeconds;

    private static TableColumn Encode(double seconds, float[] features)
    {
        var column = new TableColumn
        {
            Name = "date", Kind = ColumnKind.Date, DateParts = All, Fill = 1e9, Scale = 1e9,
        };
        new TableSchema([column]).Encode([seconds], [], features);
        return column;
    }
}
