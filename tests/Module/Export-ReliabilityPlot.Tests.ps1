#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"

    # Of ten rows with 0.8, eight are hits; of ten with 0.3, five instead of three.
    $rows = foreach ($i in 0..9) {
        [pscustomobject] @{ Truth = $i -lt 8 ? 'yes' : 'no'; Scores = [ordered] @{ no = 0.2; yes = 0.8 } }
        [pscustomobject] @{ Truth = $i -lt 5 ? 'yes' : 'no'; Scores = [ordered] @{ no = 0.7; yes = 0.3 } }
    }
}

Describe 'Export-ReliabilityPlot' {
    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'rows with scores'; Draw = { param($more) $rows | Export-ReliabilityPlot @more } }
        @{ What = 'a row'; Draw = {
                param($more) @{ Truth = 1; Probability = 0.9 }, @{ Truth = 0; Probability = 0.4 } |
                    Export-ReliabilityPlot @more } }
        @{ What = 'a measure'; Draw = {
                param($more)
                $rows | Measure-Classification -Threshold 0.5 | Export-ReliabilityPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'names the rows, the error and the positive class' {
        $text = Get-SvgText ($rows | Export-ReliabilityPlot "$TestDrive/r.svg")

        $text | Should -BeLikeExactly '*20 rows, expected calibration error 10.0%*'
        $text | Should -BeLikeExactly '*probability of yes*'
    }

    It 'draws probabilities of several classes by the predicted one' {
        $text = Get-SvgText ('a', 'b', 'c' | ForEach-Object {
                @{ Truth = $_; Label = 'a'; Scores = [ordered] @{ a = 0.6; b = 0.3; c = 0.1 } }
            } | Export-ReliabilityPlot "$TestDrive/m.svg")

        $text | Should -BeLikeExactly '*3 rows, expected calibration error 26.7%*'
        $text | Should -BeLikeExactly '*probability of the predicted class*'
    }

    It 'draws a measure from <Source> as it draws the measure' -ForEach @(
        @{ Source = 'a CLIXML file'; Pass = {
                $input | Export-Clixml "$TestDrive/m.xml"
                Import-Clixml "$TestDrive/m.xml" } }
        @{ Source = 'JSON'; Pass = { $input | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    ) {
        $measure = $rows | Measure-Classification -Threshold 0.5

        $measure | & $Pass | Export-ReliabilityPlot "$TestDrive/o.svg" | Get-Content -Raw |
            Should -BeExactly ($measure | Export-ReliabilityPlot "$TestDrive/m.svg" | Get-Content -Raw)
    }

    It 'takes other columns and a positive class' {
        $text = Get-SvgText (@{ is = 'a'; p = 0.9 }, @{ is = 'b'; p = 0.4 } |
                Export-ReliabilityPlot "$TestDrive/n.svg" -Truth is -Probability p -PositiveLabel a)

        $text | Should -BeLikeExactly '*2 rows, expected calibration error 25.0%*'
        $text | Should -BeLikeExactly '*probability of a*'
        $of = @{ Truth = 'a'; Label = 'a'; Probability = 0.9 }, @{ Truth = 'b'; Label = 'b'; Probability = 0.4 }
        Get-SvgText ($of | Export-ReliabilityPlot "$TestDrive/l.svg" -ProbabilityOf Label -Prediction Label) |
            Should -BeLikeExactly '*2 rows, expected calibration error 35.0%*'
    }

    It 'is PositiveLabelNotFound for a class that no row has' {
        Test-Refusal { $rows | Export-ReliabilityPlot "$TestDrive/e.png" -PositiveLabel maybe } `
            'PositiveLabelNotFound' 'ObjectNotFound'
    }

    It 'skips an invalid row with an error' {
        $all = @(@{ Truth = 'yes'; Scores = @{ no = 0.2; yes = 1.8 } }) + $rows
        $file = $all | Export-ReliabilityPlot "$TestDrive/s.svg" -ErrorAction SilentlyContinue -ErrorVariable problems

        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'ProbabilityInvalid,*'
        Get-SvgText $file | Should -BeLikeExactly '*20 rows*'
    }

    It 'reads probabilities in text with -Culture' {
        Test-CommaRefusal {
            $others = @{ Truth = 1; Probability = 1 }, @{ Truth = 0; Probability = 0 }
            $null = @{ Truth = 1; Probability = '0,9' }, $others[0], $others[1] |
                Export-ReliabilityPlot "$TestDrive/o.png"
        } '0,9'
        Get-SvgText (@{ Truth = 1; Probability = '0,9' }, @{ Truth = 0; Probability = '0,2' } |
                Export-ReliabilityPlot "$TestDrive/c.svg" -Culture (Get-CommaCulture)) |
            Should -BeLikeExactly '*2 rows, expected calibration error 15.0%*'
    }

    It 'is ReliabilityInvalid for <What>' -ForEach @(
        @{ What = 'nothing'; Script = { @() | Export-ReliabilityPlot "$TestDrive/e.png" } }
        @{ What = 'two results'; Script = {
                $measure = $rows | Measure-Classification -Threshold 0.5
                $measure, $measure | Export-ReliabilityPlot "$TestDrive/e.png" } }
        @{ What = 'probabilities of an unknown class'; Script = {
                @{ Truth = 'a'; Probability = 0.9 }, @{ Truth = 'b'; Probability = 0.4 } |
                    Export-ReliabilityPlot "$TestDrive/e.png" } }
        @{ What = 'bins without rows'; Script = {
                [pscustomobject] @{ Reliability = [pscustomobject] @{ Bins = @() } } |
                    Export-ReliabilityPlot "$TestDrive/e.png" } }
        @{ What = 'a bin without numbers'; Script = {
                [pscustomobject] @{ Reliability = [pscustomobject] @{ Bins = [pscustomobject] @{ Count = 'x' } } } |
                    Export-ReliabilityPlot "$TestDrive/e.png" } }
    ) {
        Test-Refusal $Script 'ReliabilityInvalid' 'InvalidData'
    }

    It 'is PropertyNotFound for rows without <Name>' -ForEach @(
        @{ Name = 'a truth'; Row = @{ Probability = 0.5 } }
        @{ Name = 'a probability'; Row = @{ Truth = 1; Label = 1 } }
    ) {
        Test-Refusal { $Row | Export-ReliabilityPlot "$TestDrive/e.png" } 'PropertyNotFound' 'ObjectNotFound'
    }
}
