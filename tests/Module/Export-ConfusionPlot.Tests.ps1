#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-ConfusionPlot' {
    It 'takes the labels of the matrix of a training, from a file too' {
        $rows = foreach ($i in 1..24) { [pscustomobject] @{ a = $i; kind = $i -le 12 ? 'low' : 'high' } }
        $matrix = ($rows | New-Classifier -LabelProperty kind -Path "$TestDrive/m.onnx").Confusion
        $matrix | Export-Clixml "$TestDrive/m.xml"

        foreach ($source in $matrix, (Import-Clixml "$TestDrive/m.xml")) {
            $text = Get-SvgText ($source | Export-ConfusionPlot "$TestDrive/m.svg")
            'low', 'high' | ForEach-Object { $text | Should -BeLike "*$_*" }
        }
    }

    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'a matrix'; Draw = {
                param($more)
                Export-ConfusionPlot -Matrix ((14, 2), (1, 13)) -Label 'not food', food @more } }
        @{ What = 'a matrix of zeros'; Draw = {
                param($more)
                Export-ConfusionPlot -Matrix ([int[,]]::new(2, 2)) @more } }
        @{ What = 'a prediction'; Draw = {
                param($more) [pscustomobject] @{ Truth = 'a'; Label = 'b' } | Export-ConfusionPlot @more } }
        @{ What = 'a result'; Draw = {
                param($more)
                [pscustomobject] @{ Confusion = ((1, 2), (3, 4)); Labels = 'x', 'y' } | Export-ConfusionPlot @more } }
        @{ What = 'a measure'; Draw = {
                param($more)
                [pscustomobject] @{ Actual = 'a'; Prediction = 'b' } | Measure-Classification -WarningAction Ignore |
                    Export-ConfusionPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'takes path, matrix and labels by position' {
        $text = Get-SvgText (Export-ConfusionPlot "$TestDrive/m.svg" ((14, 2), (1, 13)) 'not food', food)

        $text | Should -BeLikeExactly '*30 predictions, 90.0% correct*'
        $text | Should -BeLikeExactly '*not food*'
    }

    It 'counts predictions' {
        $predictions = Test-FoodWord pizza, soup, laptop | Select-Object *, @{ Name = 'Truth'; Expression = { 'food' } }
        $text = Get-SvgText ($predictions | Export-ConfusionPlot "$TestDrive/p.svg")

        $text | Should -BeLike '*3 predictions, 66.7% correct*'
    }

    It 'draws a measure from a CLIXML file as it draws the measure' {
        $measure = 'Truth,Label', 'a,b', 'a,a', 'b,b' | ConvertFrom-Csv | Measure-Classification
        $measure | Export-Clixml "$TestDrive/m.xml"
        $other = Import-Clixml "$TestDrive/m.xml"

        $other | Export-ConfusionPlot "$TestDrive/o.svg" | Get-Content -Raw |
            Should -BeExactly ($measure | Export-ConfusionPlot "$TestDrive/m.svg" | Get-Content -Raw)
    }

    It 'sorts labels that are numbers by value' {
        $text = Get-SvgText ('Truth,Label', '100,9', '9,9', '30,100' | ConvertFrom-Csv |
                Export-ConfusionPlot "$TestDrive/n.svg")

        $text | Should -MatchExactly '\b9 30 100 true class 9 30 100 predicted\b'
    }

    It 'takes Confusion and Labels of a result' {
        $result = [pscustomobject] @{ Confusion = ((3, 1), (0, 4)); Labels = 'no', 'yes' }

        $text = Get-SvgText ($result | Export-ConfusionPlot "$TestDrive/r.svg")
        $text | Should -BeLike '*8 predictions, 87.5% correct*'
        $text | Should -BeLike '*yes*'
    }

    It 'is ConfusionInvalid for <What>' -ForEach @(
        @{ What = 'rows of unlike length'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 4, 5)) } }
        @{ What = 'a row that is too short'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3)) } }
        @{ What = 'a text among numbers'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 'x')) } }
        @{ What = 'text'; Script = { Export-ConfusionPlot "$TestDrive/e.png" abc } }
        @{ What = 'too few labels'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 4)) one } }
        @{ What = 'an object without a class'; Script = {
                [pscustomobject] @{ Word = 'a' } | Export-ConfusionPlot "$TestDrive/e.png" } }
        @{ What = 'one class alone'; Script = {
                [pscustomobject] @{ Truth = 'a' } | Export-ConfusionPlot "$TestDrive/e.png" } }
        @{ What = 'nothing'; Script = { @() | Export-ConfusionPlot "$TestDrive/e.png" } }
    ) {
        Test-Refusal $Script 'ConfusionInvalid' 'InvalidData'
    }

    It 'is TooManyClasses for <What>' -ForEach @(
        @{ What = '2,001 predicted classes'; Script = {
                1..2001 | ForEach-Object { [pscustomobject] @{ Truth = $_; Label = $_ } } |
                    Export-ConfusionPlot "$TestDrive/e.png" } }
        @{ What = '100,000 labels'; Script = {
                [pscustomobject] @{ Truth = 1; Label = 1 } |
                    Export-ConfusionPlot "$TestDrive/e.png" -Label (1..100000) } }
        @{ What = 'a matrix of 2,001 classes'; Script = {
                Export-ConfusionPlot "$TestDrive/e.png" ([int[,]]::new(2001, 2001)) } }
    ) {
        Test-Refusal $Script 'TooManyClasses' 'LimitsExceeded'
    }

    It 'draws more classes than pixels' {
        Export-ConfusionPlot "$TestDrive/many.png" ([int[,]]::new(2000, 2000)) -Width 240 -Height 240 |
            Should -BeOfType ([IO.FileInfo])
    }

    It 'adds counts that are too large for an integer of 32 bits' {
        $most = [int]::MaxValue

        Get-SvgText (Export-ConfusionPlot "$TestDrive/large.svg" (($most, $most), (0, $most))) |
            Should -BeLikeExactly '*6,442,450,941 predictions, 66.7% correct*'
    }

    It 'refuses null as a label' {
        (Get-Failure { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 4)) -Label a, $null }).
            FullyQualifiedErrorId | Should -BeLikeExactly 'ParameterArgumentValidationError,*'
    }

    It 'refuses counts with a comma without -Culture' {
        Test-CommaRefusal { Export-ConfusionPlot "$TestDrive/e.png" (('1,000', 2), (1, 13)) } '1,000'
        Get-SvgText (Export-ConfusionPlot "$TestDrive/c.svg" (('1.000', 2), (1, 13)) -Culture (Get-CommaCulture)) |
            Should -BeLikeExactly '*1,016 predictions*'
    }
}
