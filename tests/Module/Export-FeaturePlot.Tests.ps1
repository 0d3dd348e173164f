#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"

    $importances = @(
        [pscustomobject] @{ Feature = 'tenure'; Importance = 0.2; StandardDeviation = 0.03 }
        [pscustomobject] @{ Feature = 'age'; Importance = -0.01; StandardDeviation = 0.02 }
    ) | Add-Member -PassThru @{ Metric = 'Accuracy'; Score = 0.9 }
}

Describe 'Export-FeaturePlot' {
    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'importances'; Draw = { param($more) $importances | Export-FeaturePlot @more } }
        @{ What = 'contributions'; Draw = {
                param($more) Get-PredictionContribution food 'soup with salad' | Export-FeaturePlot @more } }
        @{ What = 'zeros'; Draw = {
                param($more) [pscustomobject] @{ Feature = 'x'; Importance = 0 } | Export-FeaturePlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'names features, numbers and what they are' {
        $text = Get-SvgText ($importances | Export-FeaturePlot "$TestDrive/i.svg")
        $text | Should -BeLikeExactly '*Accuracy of all rows: 0.9*tenure*0.2*age*-0.01*loss of Accuracy if shuffled*'

        $text = Get-SvgText (Get-PredictionContribution food 'soup with salad' | Export-FeaturePlot "$TestDrive/c.svg")
        $text | Should -BeLikeExactly '*Contributions: soup with salad*probability of food: *salad = known*'
    }

    It 'draws objects from <Source> as it draws the originals' -ForEach @(
        @{ Source = 'a CLIXML file'; Pass = {
                $input | Export-Clixml "$TestDrive/c.xml"
                Import-Clixml "$TestDrive/c.xml" } }
        @{ Source = 'JSON'; Pass = { $input | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    ) {
        $found = Get-PredictionContribution food 'soup with salad'
        $found | & $Pass | Export-FeaturePlot "$TestDrive/o.svg" | Get-Content -Raw |
            Should -BeExactly ($found | Export-FeaturePlot "$TestDrive/p.svg" | Get-Content -Raw)
    }

    It 'warns of bars without room' {
        $many = 1..60 | ForEach-Object { [pscustomobject] @{ Feature = "f$_"; Importance = 1 / $_ } }
        $null = $many | Export-FeaturePlot "$TestDrive/many.png" -Height 240 -WarningVariable warnings 3> $null

        $warnings | Should -BeLikeExactly '* bars are left out*-Height*'
    }

    It 'is NoFeatureNumbers for <What>' -ForEach @(
        @{ What = 'other objects'; Script = { [pscustomobject] @{ a = 1 } | Export-FeaturePlot "$TestDrive/e.png" } }
        @{ What = 'text'; Script = { 'x' | Export-FeaturePlot "$TestDrive/e.png" } }
        @{ What = 'a number that is not finite'; Script = {
                [pscustomobject] @{ Feature = 'a'; Importance = [double]::NaN } |
                    Export-FeaturePlot "$TestDrive/e.png" } }
        @{ What = 'no contributions'; Script = {
                [pscustomobject] @{ Contributions = @() } | Export-FeaturePlot "$TestDrive/e.png" } }
    ) {
        Test-Refusal $Script 'NoFeatureNumbers' 'InvalidData'
    }

    It 'is PlotPathTaken for a second answer, and keeps the first picture' {
        $failure = Get-Failure {
            $null = 'salad', 'laptop' | Get-PredictionContribution food | Export-FeaturePlot "$TestDrive/two.svg" }
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'PlotPathTaken,*'
        Get-SvgText "$TestDrive/two.svg" | Should -BeLikeExactly '*salad*'
    }
}
